import { clearMocks, mockIPC, mockWindows } from "@tauri-apps/api/mocks";
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { App } from "../app";
import type { Whoami } from "../bindings/Whoami";
import { abandonCalls, call } from "../bridge";
import { flushKeptEdits, forgetKeptEdits, keptSheet, unsavedCells } from "../components/sheet/keptEdits";
import { objections } from "../test/render";
import { giveUp } from "./entry";
import { lockScreen } from "./lock";

const who: Whoami = {
  user: "u1",
  username: "mina",
  name: "Mina Okonkwo",
  staff: null,
  student: null,
  mustChangePassword: false,
  language: null,
  lockAfterMinutes: 15,
  roles: ["super_administrator"],
  schools: [
    {
      id: "s1",
      name: "Riverside School",
      timeZone: "UTC",
      today: "2026-11-21",
      dayOrder: "day_first",
      nameOrder: "family_first",
      documentLanguage: "en",
      roles: ["super_administrator"],
      operations: [],
      currentTerm: null,
      terms: [],
    },
  ],
};
const ben: Whoami = { ...who, user: "u2", username: "ben", name: "Ben Adler" };
const refuse = (code: string) => {
  throw { code, message: code, fields: [], help: null, details: null };
};

/** A program that keeps the session's own lock. */
function program(more: Record<string, (input: never) => unknown> = {}) {
  let now: Whoami = who;
  let locked = false;
  const calls: string[] = [];
  const answers: Record<string, (input: never) => unknown> = {
    "accounts.status": () => ({ needsSetup: false, signedIn: true, version: "1" }),
    "accounts.whoami": () => now,
    "accounts.my_sessions": () => [],
    "accounts.sign_out": () => null,
    "accounts.lock_screen": () => {
      locked = true;
      return null;
    },
    "accounts.unlock": ({ password }: { password: string }) => {
      if (password !== "right") refuse("wrong_password");
      locked = false;
      return null;
    },
    "accounts.sign_in": ({ username }: { username: string }) => {
      now = username === "ben" ? ben : who;
      locked = false;
      return { whoami: now };
    },
    ...more,
  };
  mockIPC((_, payload) => {
    const { operation, input } = payload as { operation: string; input: never };
    calls.push(operation);
    if (locked && !["accounts.unlock", "accounts.sign_in", "accounts.sign_out"].includes(operation)) refuse("locked");
    return (answers[operation] ?? (() => refuse("not_found")))(input);
  });
  return calls;
}

// What lies behind the sign-in is loaded when it is needed; here it is there.
beforeAll(() => import("./SignedIn"));
beforeEach(() => {
  mockWindows("main");
  window.localStorage.clear();
  window.location.hash = "";
});
afterEach(() => {
  cleanup();
  abandonCalls();
  forgetKeptEdits();
  giveUp();
  clearMocks();
  vi.useRealTimers();
});

async function opened() {
  render(<App />);
  await screen.findByText("Where you are signed in");
}
const isLocked = () => document.documentElement.hasAttribute("data-locked");

describe("the locked screen", () => {
  it("comes with Ctrl L, takes every key, and gives the place back to the password", async () => {
    const user = userEvent.setup({ delay: null });
    program();
    await opened();
    await user.keyboard("{Control>}l{/Control}");
    expect(isLocked()).toBe(true);
    expect(await objections(document.querySelector("[data-lock]") ?? document.body)).toEqual([]);
    await user.keyboard("{Control>}k{/Control}?");
    expect(screen.queryByPlaceholderText(/Search students/)).toBeNull();
    expect(screen.queryByText("Keys of this screen")).toBeNull();
    // A key that is pressed beneath is typed here.
    fireEvent.keyDown(document.body, { key: "k", ctrlKey: true });
    expect(screen.queryByPlaceholderText(/Search students/)).toBeNull();
    await user.clear(screen.getByLabelText("Password"));
    await user.type(screen.getByLabelText("Password"), "wrong{Enter}");
    expect(await screen.findByText("This is not your password.")).toBeInTheDocument();
    expect(isLocked()).toBe(true);
    await user.type(screen.getByLabelText("Password"), "right{Enter}");
    await waitFor(() => expect(isLocked()).toBe(false));
    expect(screen.getByText("Where you are signed in")).toBeInTheDocument();
  });

  it("comes by itself after the minutes of the school, and not while somebody is there", async () => {
    program();
    await opened();
    vi.useFakeTimers({ toFake: ["Date", "setInterval"] });
    cleanup(); // The watch is set up anew, on the clock of the test.
    await act(async () => {
      render(<App />);
    });
    await vi.waitFor(() => expect(screen.getByText("Where you are signed in")).toBeInTheDocument());
    act(() => {
      vi.advanceTimersByTime(14 * 60_000);
    });
    fireEvent.pointerMove(document.body);
    act(() => {
      vi.advanceTimersByTime(14 * 60_000);
    });
    expect(isLocked()).toBe(false);
    act(() => {
      vi.advanceTimersByTime(61_000);
    });
    expect(isLocked()).toBe(true);
  });

  it("makes calls that came meanwhile once it is unlocked, and never locks again what was unlocked", async () => {
    const user = userEvent.setup({ delay: null });
    const calls = program({ save: () => "kept" });
    await opened();
    expect(lockScreen()).toBe(true);
    await waitFor(() => expect(calls).toContain("accounts.lock_screen"));
    const heard = vi.fn();
    void call("save", {}).then(heard);
    await user.type(await screen.findByLabelText("Password"), "right{Enter}");
    await waitFor(() => expect(heard).toHaveBeenCalledWith("kept"));
    expect(isLocked()).toBe(false);
    expect(calls.filter((name) => name === "accounts.lock_screen")).toHaveLength(1);
  });

  it("lets somebody else in, who finds nothing of the first one's, and the first finds the edits again", async () => {
    const user = userEvent.setup({ delay: null });
    program();
    await opened();
    window.location.hash = "#/account/password";
    await screen.findByLabelText("Current password");
    const saved: string[] = [];
    let fails = true;
    const save = async (edits: readonly { text: string }[]) => {
      if (fails) refuse("unreachable");
      saved.push(...edits.map(({ text }) => text));
      return [];
    };
    keptSheet("u1:marks", save).keep([{ row: "a", column: "x", text: "12" }]);
    await waitFor(() => expect(unsavedCells()).toBe(1));
    act(() => {
      lockScreen();
    });
    await user.click(await screen.findByText("Sign in as somebody else"));
    await user.type(screen.getByLabelText("User name"), "ben");
    await user.type(screen.getByLabelText("Password"), "right{Enter}");
    await waitFor(() => expect(isLocked()).toBe(false));
    await waitFor(() => expect(window.location.hash).toBe("#/account/sessions"));
    fails = false;
    expect(await flushKeptEdits()).toBe(true);
    expect(saved).toEqual([]); // Not in Ben's name.
    await user.click(screen.getByText("You and this window"));
    await user.click(await screen.findByText("Sign out"));
    await user.type(await screen.findByLabelText("User name"), "mina");
    await user.type(screen.getByLabelText("Password"), "right{Enter}");
    await screen.findByLabelText("Current password"); // Where Mina was.
    keptSheet("u1:marks", save);
    await waitFor(() => expect(saved).toEqual(["12"]));
  });
});

describe("the password once more", () => {
  it("is asked for once for all that waits for it, which is then done", async () => {
    const user = userEvent.setup({ delay: null });
    let confirmed = false;
    program({
      "accounts.save_user": () => (confirmed ? "saved" : refuse("password_needed")),
      "accounts.confirm_password": ({ password }: { password: string }) => {
        if (password !== "right") refuse("wrong_password");
        confirmed = true;
        return null;
      },
    });
    await opened();
    const both = Promise.all([call("accounts.save_user", { n: 1 }), call("accounts.save_user", { n: 2 })]);
    await user.type(await screen.findByLabelText("Password of Mina Okonkwo"), "wrong{Enter}");
    expect(await screen.findByText("This is not your password.")).toBeInTheDocument();
    await user.type(screen.getByLabelText("Password of Mina Okonkwo"), "right{Enter}");
    expect(await both).toEqual(["saved", "saved"]);
    await waitFor(() => expect(screen.queryByLabelText("Password of Mina Okonkwo")).toBeNull());
  });

  it("refuses what waited when it is not given", async () => {
    const user = userEvent.setup({ delay: null });
    program({ "accounts.save_user": () => refuse("password_needed") });
    await opened();
    const refused = expect(call("accounts.save_user", {})).rejects.toMatchObject({ code: "password_needed" });
    await user.click(await screen.findByRole("button", { name: "Cancel" }));
    await refused;
  });
});
