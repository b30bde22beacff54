import { fireEvent, screen } from "@testing-library/react";
import { useState } from "react";
import { describe, expect, it } from "vitest";
import { objections, show } from "../test/render";
import { LosesTyped } from "./closing";
import { Pane } from "./Pane";

function List({ typed = false }: { typed?: boolean }) {
  const [open, setOpen] = useState(true);
  return (
    <main id="screen" tabIndex={-1}>
      <div data-home tabIndex={0} role="group" aria-label="List" />
      {open && (
        <Pane title="Ann Lee" label="Ann Lee" onClose={() => setOpen(false)}>
          <input aria-label="Note" />
          {typed && <LosesTyped />}
        </Pane>
      )}
    </main>
  );
}
const pane = () => screen.queryByRole("complementary", { name: "Ann Lee" });

describe("a pane", () => {
  it("gives the focus back to the list that it stood beside", async () => {
    const { container } = show(<List />);
    expect(await objections(container)).toEqual([]);
    screen.getByLabelText("Note").focus();
    fireEvent.click(screen.getByRole("button", { name: "Close" }));
    expect(pane()).toBeNull();
    expect(screen.getByLabelText("List")).toHaveFocus();
  });

  it("asks before it closes over something typed, by its button and by Escape", () => {
    show(<List typed />);
    fireEvent.click(screen.getByRole("button", { name: "Close" }));
    fireEvent.click(screen.getByRole("button", { name: "Go on" }));
    expect(pane()).not.toBeNull();
    fireEvent.keyDown(document.body, { key: "Escape" });
    expect(pane()).not.toBeNull();
    fireEvent.click(screen.getByRole("button", { name: "Throw it away" }));
    expect(pane()).toBeNull();
  });
});
