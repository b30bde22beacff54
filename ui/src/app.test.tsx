import { clearMocks, mockIPC, mockWindows } from "@tauri-apps/api/mocks";
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { App } from "./app";
import type { Whoami } from "./bindings/Whoami";
import { abandonCalls } from "./bridge";
import { giveUp } from "./session/entry";
import { queries } from "./session/queries";
import { objections } from "./test/render";

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
      currentTerm: "t1",
      terms: [
        {
          id: "t1",
          yearId: "y1",
          title: "Autumn",
          yearTitle: "2026/27",
          startDate: "2026-09-01",
          endDate: "2026-12-18",
        },
      ],
    },
  ],
};
const refuse = (code: string, fields: { field: string; code: string; message: string }[] = []) => {
  throw { code, message: code, fields, help: null, details: null };
};
const none = { needsSetup: false, signedIn: false, version: "1" };

/** Answers operations by name; one that has no answer fails the test by its error on the screen. */
function answer(answers: Record<string, (input: never) => unknown>) {
  const calls = vi.fn();
  mockIPC((_, payload) => {
    const { operation, input } = payload as { operation: string; input: never };
    calls(operation, input);
    return (answers[operation] ?? (() => refuse("not_found")))(input);
  });
  return calls;
}

// What lies behind the sign-in is loaded when it is needed; here it is there.
beforeAll(() => Promise.all([import("./session/SignedIn"), import("./features/accounts/FirstRun")]));
beforeEach(() => {
  mockWindows("main");
  window.localStorage.clear();
  window.location.hash = "";
});
afterEach(() => {
  cleanup();
  abandonCalls();
  giveUp();
  clearMocks();
});

describe("the window", () => {
  it("signs in, says when the password is wrong, and shows the frame", async () => {
    const user = userEvent.setup({ delay: null });
    answer({
      "accounts.status": () => none,
      "accounts.my_sessions": () => [],
      "accounts.whoami": () => who,
      "accounts.sign_in": ({ password }: { password: string }) =>
        password === "right" ? { whoami: who } : refuse("wrong_password"),
    });
    const { container } = render(<App />);
    await user.type(await screen.findByLabelText("User name"), "mina");
    await user.type(screen.getByLabelText("Password"), "wrong{Enter}");
    expect(await screen.findByText("The user name or the password is wrong.")).toBeInTheDocument();
    expect(await objections(container)).toEqual([]);
    await user.type(screen.getByLabelText("Password"), "right{Enter}");
    expect(await screen.findByText("Riverside School")).toBeInTheDocument();
    expect(await objections(container)).toEqual([]);
  });

  it("sets up the school step by step, and leads back to the field that was refused", async () => {
    const user = userEvent.setup({ delay: null });
    const calls = answer({
      "accounts.status": () => ({ ...none, needsSetup: true }),
      "accounts.set_up": () =>
        refuse("weak_password", [
          { field: "administrator.password", code: "common", message: "One of the first that somebody would try." },
        ]),
    });
    render(<App />);
    await user.type(await screen.findByLabelText(/Name of the school/), "Riverside School{Enter}");
    await screen.findByLabelText(/Academic year/);
    await user.click(screen.getByRole("button", { name: "Next" }));
    await user.type(await screen.findByLabelText(/Given name/), "Mina");
    await user.type(screen.getByLabelText(/Family name/), "Okonkwo");
    await user.type(screen.getByLabelText(/User name/), "mina");
    await user.type(screen.getByLabelText(/^Password \*$|^Password$/), "password");
    await user.type(screen.getByLabelText(/Password once more/), "password");
    await user.click(screen.getByRole("button", { name: "Make the school" }));
    expect(await screen.findByText("One of the first that somebody would try.")).toBeInTheDocument();
    expect(calls.mock.calls.find(([operation]) => operation === "accounts.set_up")?.[1]).toMatchObject({
      schoolName: "Riverside School",
      administrator: { givenName: "Mina", familyName: "Okonkwo", username: "mina", password: "password" },
    });
    expect(calls.mock.calls.find(([operation]) => operation === "accounts.set_up")?.[1]).not.toHaveProperty("again");
  });

  it("keeps the screen when the session ends, and goes on after signing in", async () => {
    const user = userEvent.setup({ delay: null });
    let alive = false;
    answer({
      "accounts.status": () => ({ ...none, signedIn: true }),
      "accounts.whoami": () => who,
      "accounts.my_sessions": () =>
        alive
          ? [
              {
                id: "1",
                device: "Office PC",
                address: null,
                createdAt: "2026-11-21T07:50:00Z",
                lastSeenAt: "2026-11-21T07:50:00Z",
                current: true,
              },
            ]
          : refuse("session_expired"),
      "accounts.sign_in": () => {
        alive = true;
        return { whoami: who };
      },
    });
    render(<App />);
    expect(await screen.findByText(/Everything you typed is still here/)).toBeInTheDocument();
    expect(screen.getByLabelText("User name")).toHaveValue("mina");
    await user.type(screen.getByLabelText("Password"), "right{Enter}");
    expect(await screen.findByText("Office PC")).toBeInTheDocument();
    await waitFor(() => expect(screen.queryByText(/Everything you typed is still here/)).toBeNull());
  });

  const ben: Whoami = { ...who, user: "u2", username: "ben", name: "Ben Adler" };

  async function changePerson(user: ReturnType<typeof userEvent.setup>) {
    await user.click(screen.getByText("You and this window"));
    await user.click(await screen.findByText("Sign out"));
    await user.type(await screen.findByLabelText("User name"), "ben");
    await user.type(screen.getByLabelText("Password"), "right{Enter}");
    await screen.findByText("Riverside School");
  }

  it("says nothing of an ended session to whoever signs in next", async () => {
    const user = userEvent.setup({ delay: null });
    const late: (() => void)[] = [];
    let signedIn = true;
    answer({
      "accounts.status": () => ({ ...none, signedIn: true }),
      "accounts.whoami": () => (signedIn ? who : ben),
      "accounts.sign_in": () => ({ whoami: ben }),
      // Signing out is announced; the list on the screen is asked for again, and refused when somebody else is in.
      "accounts.sign_out": () => {
        signedIn = false;
        void queries.invalidateQueries({ queryKey: ["accounts.my_sessions"] });
        return null;
      },
      "accounts.my_sessions": () =>
        signedIn || late.length > 0
          ? []
          : new Promise((_, reject) =>
              late.push(() => reject({ code: "signed_out", message: "", fields: [], help: null, details: null })),
            ),
    });
    render(<App />);
    await screen.findByText("Where you are signed in");
    await changePerson(user);
    expect(late).toHaveLength(1);
    late[0]?.();
    await new Promise((later) => setTimeout(later, 50));
    expect(screen.queryByText(/Everything you typed is still here/)).toBeNull();
  });

  it("begins at an own place for whoever signs in next", async () => {
    const user = userEvent.setup({ delay: null });
    let now = who;
    answer({
      "accounts.status": () => ({ ...none, signedIn: true }),
      "accounts.whoami": () => now,
      "accounts.sign_in": () => {
        now = ben;
        return { whoami: ben };
      },
      "accounts.sign_out": () => null,
      "accounts.my_sessions": () => [],
    });
    window.location.hash = "#/account/password";
    render(<App />);
    await screen.findByLabelText("Current password");
    await changePerson(user);
    await waitFor(() => expect(window.location.hash).toBe("#/account/sessions"));
    expect(screen.queryByLabelText("Current password")).toBeNull();
  });

  it("asks for the database's password where its server wants one, and goes on with it", async () => {
    const user = userEvent.setup({ delay: null });
    const given: unknown[] = [];
    mockIPC((command, payload) => {
      if (command === "database_password") {
        given.push(payload);
        return true;
      }
      if ((payload as { operation?: string }).operation !== "accounts.status") return refuse("not_found");
      return given.length > 0 ? none : refuse("database_password");
    });
    const { container } = render(<App />);
    await user.type(await screen.findByLabelText("Database password"), "open sesame");
    expect(await objections(container)).toEqual([]);
    await user.click(screen.getByRole("button", { name: "Open" }));
    expect(await screen.findByLabelText("User name")).toBeInTheDocument();
    expect(given).toEqual([{ password: "open sesame", keep: true }]);
  });

  it("asks for an own password where somebody else chose it", async () => {
    answer({
      "accounts.status": () => ({ ...none, signedIn: true }),
      "accounts.whoami": () => ({ ...who, mustChangePassword: true }),
    });
    render(<App />);
    expect(await screen.findByText("Choose your own password")).toBeInTheDocument();
  });

  it("opens the palette with Ctrl K and goes where it says", async () => {
    const user = userEvent.setup({ delay: null });
    answer({
      "accounts.status": () => ({ ...none, signedIn: true }),
      "accounts.whoami": () => who,
      "accounts.my_sessions": () => [],
    });
    render(<App />);
    await screen.findByText("Riverside School");
    await user.keyboard("{Control>}k{/Control}");
    await user.type(await screen.findByPlaceholderText(/Search students/), "pass");
    await user.keyboard("{Enter}");
    expect(await screen.findByLabelText("Current password")).toBeInTheDocument();
  });

  it("says what to do when the data cannot be opened", async () => {
    answer({ "accounts.status": () => refuse("database_in_use") });
    render(<App />);
    expect(await screen.findByText(/already open on this computer/)).toBeInTheDocument();
    expect(screen.getByRole("button", { name: "Try again" })).toBeInTheDocument();
  });
});
