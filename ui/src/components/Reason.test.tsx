import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { objections, show } from "../test/render";
import { Reason } from "./Reason";

const cell = { class: "c1", date: "2026-11-23", lesson: 0, student: "p1", code: "k3", version: 4 };
const calls = vi.fn<(input: unknown) => void>();

/** The register answers that the cell was saved, or that somebody else wrote meanwhile. */
function answers(outcome: "saved" | "conflict") {
  mockIPC((command, payload) => {
    if (command !== "call") return null;
    calls((payload as { input: unknown }).input);
    return { cells: [{ student: "p1", result: { outcome, version: 5 } }], undo: outcome === "saved" ? "entry1" : null };
  });
}

afterEach(() => {
  cleanup();
  clearMocks();
  calls.mockReset();
});

describe("The reason of an absence, typed in the list", () => {
  it("is saved in the register's cell by Enter, once, with the version that was seen", async () => {
    answers("saved");
    const { container } = show(<Reason cell={cell} name="Ann Ash" reason={null} />);
    await userEvent.type(screen.getByRole("textbox", { name: "Reason of Ann Ash" }), " Fever {Enter}");
    await waitFor(() => expect(calls).toHaveBeenCalledTimes(1));
    expect(calls).toHaveBeenCalledWith({
      class: "c1",
      date: "2026-11-23",
      lesson: 0,
      marks: [{ student: "p1", code: "k3", reason: "Fever", seenVersion: 4 }],
    });
    expect(await objections(container)).toEqual([]);
  });

  it("is left as it was where nothing was typed, and by Escape", async () => {
    answers("saved");
    show(<Reason cell={cell} name="Ann Ash" reason="Dentist" />);
    const field = screen.getByRole("textbox", { name: "Reason of Ann Ash" });
    await userEvent.type(field, " at noon{Escape}");
    expect(field).toHaveValue("Dentist");
    await userEvent.tab();
    expect(calls).not.toHaveBeenCalled();
  });

  it("says that somebody else wrote meanwhile, and keeps what was typed", async () => {
    answers("conflict");
    function List() {
      const [version, setVersion] = useState(4);
      return (
        <>
          <Reason cell={{ ...cell, version }} name="Ann Ash" reason={version === 4 ? null : "Dentist"} />
          <button type="button" onClick={() => setVersion(5)}>
            Ask anew
          </button>
        </>
      );
    }
    show(<List />);
    const field = screen.getByRole("textbox", { name: "Reason of Ann Ash" });
    await userEvent.type(field, "Fever{Enter}");
    expect(await screen.findByText(/Somebody else wrote meanwhile/)).toBeInTheDocument();
    expect(field).toHaveValue("Fever");
    fireEvent.click(screen.getByRole("button", { name: "Ask anew" }));
    expect(field).toHaveValue("Fever");
  });
});
