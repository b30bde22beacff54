import { fireEvent, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { setOwner } from "../session/owner";
import { objections, show } from "../test/render";
import { forgetDrafts, useDraft } from "./draft";
import { FormModal } from "./FormModal";

interface Fields extends Record<string, unknown> {
  name: string;
  password: string;
}

function Form({ onClose }: { onClose: () => void }) {
  const draft = useDraft<Fields, null>({
    key: "user:1",
    initial: { name: "Anna", password: "" },
    secret: ["password"],
    save: async () => null,
    onSaved: () => undefined,
  });
  return (
    <FormModal title="User" draft={draft} onClose={onClose}>
      <input aria-label="Name" {...draft.form.getInputProps("name")} />
      <input aria-label="Password" {...draft.form.getInputProps("password")} />
    </FormModal>
  );
}

function Screen() {
  const [open, setOpen] = useState(true);
  return open ? (
    <Form onClose={() => setOpen(false)} />
  ) : (
    <button type="button" onClick={() => setOpen(true)}>
      Open
    </button>
  );
}

beforeEach(() => setOwner({ user: "u1", name: "Mina Okonkwo" }));
afterEach(() => {
  forgetDrafts();
  setOwner(null);
});

const pressEscape = () => fireEvent.keyDown(document.activeElement ?? document.body, { key: "Escape" });

describe("a form in front of the screen", () => {
  it("says of what was typed before whose it is, and throws it away", async () => {
    show(<Screen />);
    expect(screen.queryByText(/Mina Okonkwo/)).toBeNull();
    await userEvent.type(screen.getByLabelText("Name"), "bel");
    pressEscape();
    fireEvent.click(screen.getByRole("button", { name: "Open" }));
    expect(screen.getByLabelText("Name")).toHaveValue("Annabel");
    expect(screen.getByRole("status").textContent).toContain("Mina Okonkwo");
    expect(await objections(document.body)).toEqual([]);
    fireEvent.click(screen.getByRole("button", { name: "Throw it away" }));
    expect(screen.getByLabelText("Name")).toHaveValue("Anna");
    expect(screen.queryByText(/Mina Okonkwo/)).toBeNull();
  });

  it("asks before a password is lost, which is kept nowhere", async () => {
    show(<Screen />);
    await userEvent.type(screen.getByLabelText("Password"), "secret");
    pressEscape();
    expect(screen.getByText("What you typed here is not saved.")).toBeInTheDocument();
    fireEvent.click(screen.getByRole("button", { name: "Throw it away" }));
    fireEvent.click(screen.getByRole("button", { name: "Open" }));
    expect(screen.getByLabelText("Password")).toHaveValue("");
  });
});
