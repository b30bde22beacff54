import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { emit } from "@tauri-apps/api/event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { flushOnClose, forgetKeptEdits, keptSheet, askedLeaving } from "./components/sheet/keptEdits";
import {
  abandonCalls,
  asOperationError,
  call,
  followJobs,
  isShown,
  jobStore,
  operation,
  resumeCalls,
  sessionExpiry,
} from "./bridge";

afterEach(() => {
  abandonCalls();
  clearMocks();
});

describe("call", () => {
  it("passes the operation and its input, and returns the output", async () => {
    mockIPC((command, args) => ({ command, args }));
    expect(await call("accounts.whoami", { a: 1 })).toEqual({
      command: "call",
      args: { operation: "accounts.whoami", input: { a: 1 } },
    });
  });

  it("rejects with the code, the fields and the help", async () => {
    mockIPC(() => {
      throw { code: "invalid", message: "No.", fields: { name: "Needed." }, help: "Type one." };
    });
    await expect(call("save", {})).rejects.toMatchObject({
      code: "invalid",
      fields: { name: "Needed." },
      help: "Type one.",
    });
  });

  it("waits while the session is over and makes the call again after signing in", async () => {
    let signedIn = false;
    mockIPC(() => {
      if (!signedIn) throw { code: "session_expired", message: "Over." };
      return "kept";
    });
    const pending = call("gradebook.record_marks", {});
    await new Promise<void>((seen) => {
      const stop = sessionExpiry.subscribe(() => {
        stop();
        seen();
      });
    });
    expect(sessionExpiry.expired()).toBe(true);
    signedIn = true;
    resumeCalls();
    expect(await pending).toBe("kept");
    expect(sessionExpiry.expired()).toBe(false);
  });

  it("never answers or repeats what waited when the person leaves", async () => {
    const calls = vi.fn(() => {
      throw { code: "signed_out", message: "Out." };
    });
    mockIPC(calls);
    const heard = vi.fn();
    call("gradebook.record_marks", {}).then(heard, heard);
    await new Promise<void>((seen) => {
      const stop = sessionExpiry.subscribe(() => {
        stop();
        seen();
      });
    });
    abandonCalls();
    resumeCalls();
    await new Promise((later) => setTimeout(later));
    expect(heard).not.toHaveBeenCalled();
    expect(calls).toHaveBeenCalledOnce();
  });

  it.each(["an answer", "a refusal", "the end of the session"])(
    "keeps %s of one sign-in from the next",
    async (what) => {
      let answer: () => void = () => undefined;
      mockIPC(
        () =>
          new Promise((resolve, reject) => {
            answer = () => {
              if (what === "an answer") resolve("late");
              else reject({ code: what === "a refusal" ? "invalid" : "signed_out", message: "Late." });
            };
          }),
      );
      const heard = vi.fn();
      call("accounts.list_users", {}).then(heard, heard);
      await new Promise((later) => setTimeout(later));
      abandonCalls(); // Signed out, and somebody else in.
      answer();
      await new Promise((later) => setTimeout(later));
      expect(heard).not.toHaveBeenCalled();
      expect(sessionExpiry.expired()).toBe(false);
    },
  );

  it("does not hold back a wrong password", async () => {
    mockIPC(() => {
      throw { code: "signed_out", message: "No." };
    });
    await expect(call("accounts.sign_in", {})).rejects.toMatchObject({ code: "signed_out" });
  });
});

describe("asOperationError", () => {
  it("reads fields as a list too", () => {
    expect(asOperationError({ code: "invalid", message: "", fields: [{ field: "a", message: "b" }] }).fields).toEqual({
      a: "b",
    });
  });
  it("says unreachable for anything else", () => {
    expect(asOperationError(new TypeError("x")).code).toBe("unreachable");
  });
});

describe("what runs for a while", () => {
  it("is shown to whoever began it, and not to whoever signs in next", async () => {
    mockIPC(() => null, { shouldMockEvents: true });
    const stop = await followJobs();
    const shown = async (id: string) => {
      await emit("job", { id, operation: "import_students", state: "running", done: 1, total: 2 });
      return jobStore.jobs().map((job) => job.id);
    };
    expect(await shown("of somebody else")).toEqual([]);
    await call("import_students", {}, "own");
    expect(await shown("own")).toEqual(["own"]);
    abandonCalls();
    expect(await shown("own")).toEqual([]);
    stop();
  });
});

describe("closing the window", () => {
  it("saves what was typed first, then lets it close", async () => {
    const commands: string[] = [];
    mockIPC(
      (command) => {
        commands.push(command);
      },
      { shouldMockEvents: true },
    );
    const save = vi.fn(async () => {
      commands.push("saved");
      return [];
    });
    keptSheet("close", save).keep([{ row: "a", column: "x", text: "12" }]);
    const stop = await flushOnClose();
    await emit("closing");
    await vi.waitFor(() => expect(commands).toEqual(["saved", "ready_to_close"]));
    stop();
    forgetKeptEdits();
  });

  it("asks when something typed is not saved", async () => {
    const commands: string[] = [];
    mockIPC(
      (command) => {
        commands.push(command);
      },
      { shouldMockEvents: true },
    );
    keptSheet("close", async () => []).refuse("a", "x", "99", "At most 20.");
    const stop = await flushOnClose();
    await emit("closing");
    await vi.waitFor(() => expect(askedLeaving.asked()?.how).toBe("close"));
    expect(commands).toEqual([]);
    await askedLeaving.asked()?.anyway();
    expect(commands).toEqual(["ready_to_close"]);
    expect(askedLeaving.asked()).toBeNull();
    stop();
    forgetKeptEdits();
  });
});

describe("what an operation shows", () => {
  const pupils = operation<{ school: string }, string[]>("people.list_students", ["students", "enrolments"]);

  it("makes queries that are asked again when it changes", () => {
    const { queryKey, meta } = pupils.query({ school: "a" });
    expect(queryKey).toEqual(["people.list_students", { school: "a" }]);
    expect(["students", "students:7", "enrolments", "*"].map((subject) => isShown(subject, meta))).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(["marks", "student", "marks:students"].map((subject) => isShown(subject, meta))).toEqual([
      false,
      false,
      false,
    ]);
    expect(isShown("students", undefined)).toBe(false);
    expect(isShown("*", undefined)).toBe(true);
    expect(pupils.about({ school: "a" }, "to enrol")).toEqual({
      queryKey: ["people.list_students", { school: "a" }, "to enrol"],
      meta: { shows: ["students", "enrolments"] },
    });
  });
});
