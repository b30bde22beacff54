import { MantineProvider, Tooltip } from "@mantine/core";
import { fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { keyName, matches, useScreenKeys, type ScreenKey } from "./keys";

const press = (key: string, more: KeyboardEventInit = {}) => new KeyboardEvent("keydown", { key, ...more });

describe("matches", () => {
  it.each<[string, KeyboardEvent, boolean]>([
    ["mod+K", press("k", { ctrlKey: true }), true],
    ["mod+K", press("k"), false],
    ["mod+K", press("K", { ctrlKey: true, shiftKey: true }), false],
    ["mod+shift+Z", press("Z", { ctrlKey: true, shiftKey: true }), true],
    ["?", press("?", { shiftKey: true }), true],
    ["/", press("/"), true],
    ["Escape", press("Escape"), true],
    ["J", press("j"), true],
    ["J", press("J", { shiftKey: true }), false],
    ["J", press("j", { ctrlKey: true }), false],
  ])("%s", (keys, event, expected) => expect(matches(event, keys)).toBe(expected));
});

describe("keyName", () => {
  it("writes a combination as people know it", () => expect(keyName("mod+shift+Z")).toBe("Ctrl Shift Z"));
});

function Layer({ keys, everywhere = false }: { keys: ScreenKey[]; everywhere?: boolean }) {
  useScreenKeys(keys, { everywhere });
  return <input aria-label="Field" />;
}

describe("useScreenKeys", () => {
  it("asks what was shown last, and the frame after it", () => {
    const [frame, screenOf] = [vi.fn(), vi.fn()];
    const { rerender } = render(
      <>
        <Layer everywhere keys={[{ keys: "Escape", label: "Back", run: frame }]} />
        <Layer keys={[{ keys: "Escape", label: "Close", run: screenOf }]} />
      </>,
    );
    fireEvent.keyDown(document.body, { key: "Escape" });
    expect([screenOf.mock.calls.length, frame.mock.calls.length]).toEqual([1, 0]);
    rerender(<Layer everywhere keys={[{ keys: "Escape", label: "Back", run: frame }]} />);
    fireEvent.keyDown(document.body, { key: "Escape" });
    expect(frame).toHaveBeenCalledOnce();
  });

  it("leaves letters, signs and undo to a field, and takes combinations", () => {
    const run = vi.fn();
    const all = ["J", "/", "mod+Z", "mod+K"].map((keys) => ({ keys, label: keys, run: () => run(keys) }));
    render(<Layer keys={all} />);
    const field = screen.getByLabelText("Field");
    for (const init of [{ key: "j" }, { key: "/" }, { key: "z", ctrlKey: true }, { key: "k", ctrlKey: true }])
      fireEvent.keyDown(field, init);
    expect(run.mock.calls).toEqual([["mod+K"]]);
  });

  it.each([false, true])("hears the Escape that ends a hint, its button having the focus: %s", async (focused) => {
    const run = vi.fn();
    render(
      <MantineProvider env="test">
        <Layer keys={[{ keys: "Escape", label: "Close", run }]} />
        <Tooltip label="A hint" openDelay={0}>
          <button type="button">Camera</button>
        </Tooltip>
      </MantineProvider>,
    );
    if (focused) screen.getByRole("button").focus();
    await userEvent.hover(screen.getByRole("button"));
    await screen.findByRole("tooltip");
    await userEvent.keyboard("{Escape}");
    expect(screen.queryByRole("tooltip")).toBeNull();
    expect(run).toHaveBeenCalledOnce();
  });

  it("does nothing behind an open dialog", () => {
    const run = vi.fn();
    render(
      <>
        <Layer keys={[{ keys: "J", label: "Move", run }]} />
        <div role="dialog" aria-modal="true" aria-label="Question" />
      </>,
    );
    fireEvent.keyDown(document.body, { key: "j" });
    expect(run).not.toHaveBeenCalled();
  });
});
