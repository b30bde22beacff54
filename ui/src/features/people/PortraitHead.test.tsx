import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Portrait } from "../../bindings/Portrait";
import { objections, show } from "../../test/render";
import { PortraitHead } from "./PortraitHead";

vi.mock("../../session/session", () => ({ useSession: () => ({ may: () => true }) }));

const mina = { givenName: "Mina", familyName: "Okonkwo" };
const saved = vi.fn<(input: object) => void>();
let there: Portrait | null = null;

beforeEach(() => {
  saved.mockReset();
  there = null;
  mockIPC((command, payload) => {
    if (command === "upload") return "up-1";
    const { operation, input } = payload as { operation: string; input: object };
    if (operation === "people.portrait") return there;
    saved(input);
    return { undo: null };
  });
});
afterEach(clearMocks);

const head = (mayEdit = true) => show(<PortraitHead of={{ student: "1" }} person={mina} mayEdit={mayEdit} />);
const menu = () => screen.findByRole("button", { name: "Photograph of Mina Okonkwo: change" });

describe("the photograph in a person's head", () => {
  it("is the letters of the name where there is none, and says so", async () => {
    const { container } = head();
    await menu();
    expect(screen.getByRole("img", { name: "No photograph of Mina Okonkwo" })).toHaveTextContent("MO");
    expect(await objections(container)).toEqual([]);
  });

  it("is chosen from a file, and replaced in the version that was seen", async () => {
    there = { jpeg: "abcd", version: 3 };
    head();
    await userEvent.click(await menu());
    expect(screen.getByRole("img", { name: "Photograph of Mina Okonkwo" })).toHaveAttribute(
      "src",
      "data:image/jpeg;base64,abcd",
    );
    const input = document.querySelector<HTMLInputElement>("input[type=file]");
    await userEvent.upload(input as HTMLInputElement, new File(["x"], "me.jpg", { type: "image/jpeg" }));
    await vi.waitFor(() => expect(saved).toHaveBeenCalledWith({ of: { student: "1" }, version: 3, picture: "up-1" }));
  });

  it("is taken away", async () => {
    there = { jpeg: "abcd", version: 3 };
    head();
    await userEvent.click(await menu());
    await userEvent.click(await screen.findByRole("menuitem", { name: "Take the photograph away" }));
    await vi.waitFor(() => expect(saved).toHaveBeenCalledWith({ of: { student: "1" }, version: 3 }));
  });

  it("is only looked at by who may not change it", async () => {
    there = { jpeg: "abcd", version: 3 };
    head(false);
    await screen.findByRole("img", { name: "Photograph of Mina Okonkwo" });
    expect(screen.queryByRole("button")).toBeNull();
  });
});
