import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { objections, show } from "../../test/render";
import { Alike, NextNumber } from "./hints";

vi.mock("@tanstack/react-router", () => ({ useNavigate: () => vi.fn() }));
vi.mock("../../session/session", () => ({ useSession: () => ({ may: () => true }) }));

const alike = {
  id: "1",
  number: "1007",
  givenName: "Mina",
  familyName: "Okonkwo",
  birthDate: "2014-05-14",
  status: "active",
  classes: [{ id: "c", title: "7B", kind: "homeroom" }],
  deleted: false,
};

const asked = vi.fn<(operation: string) => void>();
const answer = (value: unknown) =>
  mockIPC((_, payload) => {
    asked((payload as { operation: string }).operation);
    return value;
  });

beforeEach(() => asked.mockReset());
afterEach(() => clearMocks());

describe("the form of a student", () => {
  it("says who is alike, with what tells them apart", async () => {
    answer([alike]);
    const { container } = show(
      <Alike school="s" givenName="mina" familyName="okonkwo" birthDate="2014-05-14" besides={null} />,
    );
    expect(await screen.findByRole("button", { name: "Okonkwo, Mina" })).toBeInTheDocument();
    expect(screen.getByText("No. 1007 · born 14 May 2014 · 7B")).toBeInTheDocument();
    expect(await objections(container)).toEqual([]);
  });

  it("asks nothing before both names are there", () => {
    answer([]);
    show(<Alike school="s" givenName="mina" familyName=" " birthDate="" besides={null} />);
    expect(asked).not.toHaveBeenCalled();
  });

  it("offers the next free number until it is taken", async () => {
    answer({ number: "1008" });
    const take = vi.fn<(number: string) => void>();
    function Form() {
      const [number, setNumber] = useState("");
      return (
        <NextNumber
          school="s"
          number={number}
          take={(next) => {
            take(next);
            setNumber(next);
          }}
        />
      );
    }
    show(<Form />);
    await userEvent.click(await screen.findByRole("button", { name: "Take the next free number, 1008" }));
    expect(take).toHaveBeenCalledWith("1008");
    expect(screen.queryByRole("button")).toBeNull();
  });
});
