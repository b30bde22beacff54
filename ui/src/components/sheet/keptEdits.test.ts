import { afterEach, describe, expect, it, vi } from "vitest";
import { OperationError } from "../../bridge";
import { flushKeptEdits, forgetKeptEdits, keptSheet, onFlush, type SaveEdits } from "./keptEdits";

const edit = (text: string, row = "a") => ({ row, column: "x", text });
afterEach(() => {
  forgetKeptEdits();
  vi.useRealTimers();
});

describe("a kept sheet", () => {
  it("is not sent again once its person has left, also where the answer comes later", async () => {
    vi.useFakeTimers();
    let fail: () => void = () => undefined;
    const save = vi.fn<SaveEdits>(
      () =>
        new Promise((_, reject) => {
          fail = () => reject(new OperationError("unreachable", "Away."));
        }),
    );
    const sheet = keptSheet("left", save);
    sheet.keep([edit("12")]);
    forgetKeptEdits();
    fail();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(save).toHaveBeenCalledOnce();
  });

  it("saves what is typed and says so", async () => {
    const save = vi.fn<SaveEdits>(async () => []);
    const sheet = keptSheet("saves", save);
    sheet.keep([edit("12")]);
    expect(sheet.get("a", "x")?.state).toBe("saving");
    await sheet.flush();
    expect(sheet.get("a", "x")?.state).toBe("saved");
    expect(save).toHaveBeenCalledExactlyOnceWith([edit("12")]);
  });

  it("sends what is typed during a save in the next one, in order, and never calls the older text saved", async () => {
    const resolvers: (() => void)[] = [];
    const save = vi.fn<SaveEdits>(() => new Promise((resolve) => resolvers.push(() => resolve([]))));
    const sheet = keptSheet("order", save);
    sheet.keep([edit("1")]);
    sheet.keep([edit("12"), edit("5", "b")]);
    expect(save).toHaveBeenCalledTimes(1);
    resolvers[0]?.();
    await vi.waitFor(() => expect(save).toHaveBeenCalledTimes(2));
    expect(sheet.get("a", "x")).toMatchObject({ text: "12", state: "saving" });
    expect(save.mock.calls[1]?.[0]).toEqual([edit("12"), edit("5", "b")]);
    resolvers[1]?.();
    await sheet.flush();
    expect(sheet.pending()).toBe(false);
  });

  it("saves a text typed, changed and typed again during a save", async () => {
    const resolvers: (() => void)[] = [];
    const save = vi.fn<SaveEdits>(() => new Promise((resolve) => resolvers.push(() => resolve([]))));
    const sheet = keptSheet("again", save);
    sheet.keep([edit("1")]);
    sheet.keep([edit("2")]);
    sheet.keep([edit("1")]);
    resolvers[0]?.();
    await vi.waitFor(() => expect(save).toHaveBeenCalledTimes(2));
    resolvers[1]?.();
    await sheet.flush();
    expect(sheet.get("a", "x")).toMatchObject({ text: "1", state: "saved" });
  });

  it("keeps a refused cell as typed, with the reason", async () => {
    const sheet = keptSheet("refused", async () => [{ row: "a", column: "x", reason: "At most 20." }]);
    sheet.keep([edit("200"), edit("5", "b")]);
    await sheet.flush();
    expect(sheet.get("a", "x")).toMatchObject({ text: "200", state: "refused", reason: "At most 20." });
    expect(sheet.get("b", "x")?.state).toBe("saved");
  });

  it("tries again by itself when the database is away", async () => {
    vi.useFakeTimers();
    const save = vi
      .fn<SaveEdits>()
      .mockRejectedValueOnce(new OperationError("database_unreachable", "Away."))
      .mockResolvedValue([]);
    const sheet = keptSheet("away", save);
    sheet.keep([edit("12")]);
    await vi.advanceTimersByTimeAsync(0);
    expect(sheet.get("a", "x")?.state).toBe("unsaved");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(sheet.get("a", "x")?.state).toBe("saved");
  });

  it("does not repeat what was refused for good", async () => {
    const save = vi.fn<SaveEdits>().mockRejectedValue(new OperationError("forbidden", "Not yours."));
    const sheet = keptSheet("forbidden", save);
    sheet.keep([edit("12")]);
    await sheet.flush();
    expect(sheet.get("a", "x")).toMatchObject({ state: "refused", reason: "Not yours.", text: "12" });
  });

  it("is there again for the same sheet after the screen was left", () => {
    const sheet = keptSheet("same", () => new Promise(() => undefined));
    sheet.keep([edit("12")]);
    expect(keptSheet("same", async () => [])).toBe(sheet);
  });

  it("drops a saved edit once the stored value is the same", async () => {
    const sheet = keptSheet("settle", async () => []);
    sheet.keep([edit("12")]);
    await sheet.flush();
    sheet.settle(({ text }) => text === "12");
    expect(sheet.get("a", "x")).toBeUndefined();
  });
});

describe("flushKeptEdits", () => {
  it("takes open editors first, then says whether everything is saved", async () => {
    const sheet = keptSheet("flush", async () => []);
    const close = onFlush(() => sheet.keep([edit("9")]));
    expect(await flushKeptEdits()).toBe(true);
    expect(sheet.get("a", "x")?.state).toBe("saved");
    close();
  });
  it("says no when the database is away", async () => {
    const sheet = keptSheet("flush-away", async () => {
      throw new OperationError("database_unreachable", "Away.");
    });
    sheet.keep([edit("9")]);
    expect(await flushKeptEdits()).toBe(false);
  });
});
