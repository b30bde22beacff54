import { describe, expect, it } from "vitest";
import { dayBeside } from "../../days";
import { readAsk, writeAsk } from "./ask";
import { nothing, withCode } from "./cells";
import { codeOfKey } from "./RegisterRows";

const code = (id: string, letter: string, meaning: "present" | "late" | "absent" | "excused") => ({
  id,
  code: letter,
  title: letter,
  meaning,
  position: 0,
  version: 1,
});
const codes = [code("1", "P", "present"), code("2", "A", "absent"), code("3", "L", "late"), code("4", "E", "excused")];

describe("addresses of attendance", () => {
  it("take anything and fall back to today and the whole day", () => {
    const today = "2026-11-21";
    expect(readAsk({ date: "tomorrow", lesson: "99", view: 7, camera: "yes" }, today)).toEqual({
      view: "registers",
      date: today,
      lesson: 0,
      camera: false,
    });
    const ask = readAsk({ date: "2026-11-19", lesson: 3, view: "absent", student: "s", camera: true }, today);
    expect(ask).toEqual({ view: "absent", date: "2026-11-19", lesson: 3, student: "s", camera: true });
    expect(readAsk(writeAsk(ask, today), today)).toEqual(ask);
    expect(writeAsk({ view: "registers", date: today, lesson: 0, camera: false }, today)).toEqual({});
  });

  it("know the days beside one, over months, leap days and years", () => {
    expect(dayBeside("2028-02-28", 1)).toBe("2028-02-29");
    expect(dayBeside("2027-01-01", -1)).toBe("2026-12-31");
  });
});

describe("keys of the register", () => {
  it("find the code by its letter, also on a keyboard of another script", () => {
    expect(codeOfKey(codes, "a", "KeyA")?.id).toBe("2");
    expect(codeOfKey(codes, "ش", "KeyA")?.id).toBe("2");
    expect(codeOfKey(codes, "x", "KeyP")).toBeUndefined();
    expect(codeOfKey(codes, "ArrowDown", "ArrowDown")).toBeUndefined();
  });

  it("keep minutes only with late, and no reason with present", () => {
    const late = { code: "3", minutesLate: 12, reason: "bus" };
    expect(withCode(late, "2", codes)).toEqual({ code: "2", minutesLate: null, reason: "bus" });
    expect(withCode(late, "1", codes)).toEqual({ ...nothing, code: "1" });
  });
});
