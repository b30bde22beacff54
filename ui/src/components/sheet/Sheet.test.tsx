import { createEvent, fireEvent, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useCallback, useState } from "react";
import { describe, expect, it, vi } from "vitest";
import { objections, show } from "../../test/render";
import type { CellChange } from "./history";
import { Sheet } from "./Sheet";

const rows = Array.from({ length: 30 }, (_, place) => ({
  id: `r${place}`,
  name: place === 1 ? "ليلى حسن" : `Pupil ${place}`,
}));
const columns = Array.from({ length: 6 }, (_, place) => ({
  id: `c${place}`,
  title: `Test ${place + 1}`,
  about: "of 20",
}));
const totals = [{ id: "total", title: "Total", render: () => "–" }];
const footers = [{ id: "mean", title: "Mean", render: () => "–" }];

function sheet({ rtl = false, locked = "", idle = "", alone = false } = {}) {
  const cells = new Map<string, string>();
  const commits = vi.fn<(changes: readonly CellChange[]) => void>();
  const onHistoryEnd = vi.fn();
  function Host() {
    const [version, setVersion] = useState(0);
    // biome-ignore lint/correctness/useExhaustiveDependencies(version): as in a screen, a sheet draws anew when it is given another function.
    const getCell = useCallback(
      (row: string, column: string) => ({
        text: cells.get(`${row} ${column}`) ?? "",
        ...(column === locked ? { locked: "Closed" } : {}),
        ...(column === idle ? { idle: "Does not count" } : {}),
      }),
      [version],
    );
    return (
      <Sheet
        label="Marks"
        nameTitle="Pupil"
        rows={rows}
        columns={columns}
        totals={totals}
        footers={footers}
        getCell={getCell}
        onHistoryEnd={onHistoryEnd}
        onCommit={(changes) => {
          commits(changes);
          changes.forEach(({ row, column, after }) => cells.set(`${row} ${column}`, after));
          setVersion((now) => now + 1);
        }}
      />
    );
  }
  const view = show(
    <>
      <Host />
      <button type="button">After</button>
    </>,
    { rtl },
  );
  const grid = screen.getByRole("grid", { name: "Marks" });
  if (!alone) grid.focus();
  const clip = (kind: "copy" | "cut" | "paste", text = "") => {
    const data = new Map([["text/plain", text]]);
    const event = createEvent[kind](document.activeElement ?? grid, {
      clipboardData: {
        getData: (type: string) => data.get(type) ?? "",
        setData: (type: string, value: string) => {
          data.set(type, value);
        },
      },
    });
    fireEvent(document.activeElement ?? grid, event);
    return data.get("text/plain");
  };
  return {
    ...view,
    grid,
    cells,
    commits,
    onHistoryEnd,
    clip,
    user: userEvent.setup({ delay: null }),
    at: () => grid.getAttribute("aria-activedescendant")?.split("-").slice(-2).join(","),
  };
}

describe("typing", () => {
  it("takes marks typed one under the other without losing a key", async () => {
    const { user, cells, grid } = sheet();
    await user.keyboard("12{Enter}3{Enter}14{Enter}5{Enter}16{Enter}");
    expect(["r0", "r1", "r2", "r3", "r4"].map((row) => cells.get(`${row} c0`))).toEqual(["12", "3", "14", "5", "16"]);
    expect(grid).toHaveFocus();
  });

  it("goes right with Tab, and back with Shift Tab", async () => {
    const { user, cells, at } = sheet();
    await user.keyboard("1{Tab}2{Tab}3{Shift>}{Tab}{/Shift}9{Enter}");
    expect([cells.get("r0 c0"), cells.get("r0 c1"), cells.get("r0 c2")]).toEqual(["1", "9", "3"]);
    expect(at()).toBe("1,1");
  });

  it("replaces by typing, changes by F2, reverts by Escape", async () => {
    const { user, cells } = sheet();
    await user.keyboard("12{Enter}{ArrowUp}{F2}5{Enter}{ArrowUp}");
    expect(cells.get("r0 c0")).toBe("125");
    await user.keyboard("7{Escape}");
    expect(cells.get("r0 c0")).toBe("125");
    await user.keyboard("8{ArrowDown}");
    expect(cells.get("r0 c0")).toBe("8");
  });

  it("takes what is typed where it has no effect, and says so to whoever looks and whoever listens", async () => {
    const { user, cells } = sheet({ idle: "c0" });
    const cell = () => screen.getAllByRole("gridcell")[0];
    expect(cell()).toHaveAttribute("title", "Does not count");
    expect(cell()).toHaveTextContent("Does not count");
    expect(cell()).toHaveAttribute("data-idle");
    expect(cell()).not.toHaveAttribute("aria-readonly");
    await user.keyboard("12{Enter}");
    expect(cells.get("r0 c0")).toBe("12");
    expect(cell()).toHaveTextContent("12 Does not count");
  });

  it("keeps what was typed when the person clicks elsewhere", async () => {
    const { user, cells } = sheet();
    await user.keyboard("15");
    await user.click(screen.getByRole("button", { name: "After" }));
    expect(cells.get("r0 c0")).toBe("15");
  });

  it("keeps what was typed when the screen is left", async () => {
    const { user, commits, unmount } = sheet();
    await user.keyboard("15");
    unmount();
    expect(commits).toHaveBeenCalledExactlyOnceWith([{ row: "r0", column: "c0", before: "", after: "15" }]);
  });

  it("leaves Enter to an input method while it composes", async () => {
    const { user, commits } = sheet();
    await user.keyboard("1");
    const input = screen.getByRole("textbox");
    fireEvent.compositionStart(input);
    fireEvent.keyDown(input, { key: "Enter", isComposing: true });
    expect(commits).not.toHaveBeenCalled();
    expect(input).toBeInTheDocument();
  });

  it("opens an empty editor for an input method, so that the composition begins in it", () => {
    const { grid } = sheet();
    const taken = fireEvent.keyDown(grid, { key: "Process", keyCode: 229 });
    expect(taken).toBe(true);
    expect(screen.getByRole("textbox")).toHaveFocus();
  });

  it("says why a locked cell does not open", async () => {
    const { user, commits } = sheet({ locked: "c0" });
    await user.keyboard("1{Enter}");
    expect(commits).not.toHaveBeenCalled();
    expect(screen.getByText("Closed")).toBeInTheDocument();
  });
});

describe("blocks", () => {
  it("has the keys as soon as it is there", async () => {
    const { user, cells } = sheet({ alone: true });
    await user.keyboard("12{Enter}");
    expect(cells.get("r0 c0")).toBe("12");
  });

  it("hands undo on to what was done before, once all of its own is taken back", async () => {
    const { user, cells, onHistoryEnd } = sheet();
    await user.keyboard("12{Enter}{Control>}z{/Control}");
    expect(cells.get("r0 c0")).toBe("");
    expect(onHistoryEnd).not.toHaveBeenCalled();
    await user.keyboard("{Control>}z{/Control}");
    expect(onHistoryEnd).toHaveBeenLastCalledWith(false);
    await user.keyboard("{Control>}yy{/Control}");
    expect(cells.get("r0 c0")).toBe("12");
    expect(onHistoryEnd).toHaveBeenLastCalledWith(true);
  });

  it("copies, and pastes what a spreadsheet wrote, one undo for all", async () => {
    const { user, cells, clip, commits } = sheet();
    clip("paste", "1\t2\r\n3\t4\r\n");
    expect([
      cells.get("r0 c0"),
      cells.get("r0 c1"),
      cells.get("r1 c0"),
      cells.get("r1 c1"),
      cells.get("r2 c0"),
    ]).toEqual(["1", "2", "3", "4", undefined]);
    expect(commits).toHaveBeenCalledTimes(1);
    expect(clip("copy")).toBe("1\t2\n3\t4");
    await user.keyboard("{Control>}z{/Control}");
    expect(cells.get("r1 c1")).toBe("");
    expect(commits).toHaveBeenCalledTimes(2);
    await user.keyboard("{Control>}{Shift>}Z{/Shift}{/Control}");
    expect(cells.get("r1 c1")).toBe("4");
  });

  it("selects with Shift, clears, cuts, fills down", async () => {
    const { user, cells, clip } = sheet();
    clip("paste", "1\t2\n3\t4");
    await user.keyboard("{Control>}{Home}{/Control}{Shift>}{ArrowDown}{/Shift}{Delete}");
    expect([cells.get("r0 c0"), cells.get("r1 c0"), cells.get("r0 c1")]).toEqual(["", "", "2"]);
    await user.keyboard(
      "{Control>}{Home}{/Control}{ArrowRight}{Shift>}{ArrowDown}{ArrowDown}{/Shift}{Control>}d{/Control}",
    );
    expect([cells.get("r1 c1"), cells.get("r2 c1")]).toEqual(["2", "2"]);
    expect(clip("cut")).toBe("2\n2\n2");
    expect(cells.get("r2 c1")).toBe("");
  });

  it("warns when a paste does not fit", async () => {
    const { user, clip, cells } = sheet();
    await user.keyboard("{Control>}{End}{/Control}");
    clip("paste", "1\t2\n3\t4");
    expect(cells.get("r29 c5")).toBe("1");
    expect(screen.getByText(/3 cells of what you pasted did not fit/)).toBeInTheDocument();
  });

  it("leaves locked cells alone and says so", () => {
    const { clip, cells } = sheet({ locked: "c1" });
    clip("paste", "1\t2");
    expect([cells.get("r0 c0"), cells.get("r0 c1")]).toEqual(["1", undefined]);
    expect(screen.getByText(/1 cell cannot be changed/)).toBeInTheDocument();
  });

  it("selects by dragging and extends with a shifted click", async () => {
    const { clip } = sheet();
    clip("paste", "1\t2\n3\t4");
    const cell = (text: string) => screen.getByText(text, { selector: '[role="gridcell"]' });
    fireEvent.pointerDown(cell("1"), { button: 0 });
    fireEvent.pointerDown(cell("4"), { button: 0, shiftKey: true });
    expect(clip("copy")).toBe("1\t2\n3\t4");
  });
});

describe("for everybody", () => {
  it("mirrors the arrows right to left", async () => {
    const { user, at } = sheet({ rtl: true });
    await user.keyboard("{ArrowLeft}");
    expect(at()).toBe("0,1");
    await user.keyboard("{ArrowRight}");
    expect(at()).toBe("0,0");
  });

  it("lets Tab leave after Escape", async () => {
    const { user } = sheet();
    await user.keyboard("{Escape}{Tab}");
    expect(screen.getByRole("button", { name: "After" })).toHaveFocus();
  });

  it("points at the cell of the cursor and has nothing that axe objects to", async () => {
    const { container, grid, user } = sheet();
    expect(document.getElementById(grid.getAttribute("aria-activedescendant") ?? "")).toHaveAttribute(
      "role",
      "gridcell",
    );
    expect(await objections(container)).toEqual([]);
    await user.keyboard("1");
    expect(await objections(container)).toEqual([]);
  });
});
