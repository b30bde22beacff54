import { describe, expect, it } from "vitest";
import { dayInWords, isDay, readDay, typedDay, yearsBetween, type DayProblem } from "./days";
import type { DayOrder } from "./bindings/DayOrder";

const today = "2026-11-29";
const read = (text: string, order: DayOrder = "day_first", past = false) => {
  const reading = readDay(text, { order, today, past });
  return "day" in reading ? reading.day : reading.problem;
};

describe("readDay in a school that writes the day first", () => {
  it.each([
    ["13/9/2026", "2026-09-13"],
    ["7.9.2026", "2026-09-07"],
    ["01/09/2026", "2026-09-01"],
    ["07092026", "2026-09-07"],
    ["14/05/2014", "2014-05-14"],
    ["05142014", "2014-05-14"],
    ["05/14/2014", "2014-05-14"],
    ["14-05-2014", "2014-05-14"],
    ["14 05 2014", "2014-05-14"],
    ["14. 5. 2014", "2014-05-14"],
    ["14–5–2014", "2014-05-14"],
    ["14,5,2014", "2014-05-14"],
    ["14/5/14", "2014-05-14"],
    ["140514", "2014-05-14"],
    ["1/9/27", "2027-09-01"],
    ["1/9/46", "2046-09-01"],
    ["1/9/47", "1947-09-01"],
    ["1/9/99", "1999-09-01"],
    ["2014-05-14", "2014-05-14"],
    ["2014/5/14", "2014-05-14"],
    ["20140514", "2014-05-14"],
    ["2014.05.14.", "2014-05-14"],
    ["2014-05-14T00:00:00Z", "2014-05-14"],
    ["14/05/2014 00:00", "2014-05-14"],
    ["2014-05-14 10:30:00.000 +02:00", "2014-05-14"],
    ["14 May 2014", "2014-05-14"],
    ["14 may 14", "2014-05-14"],
    ["May 14, 2014", "2014-05-14"],
    ["14th of May 2014", "2014-05-14"],
    ["the 1st of sept 2026", "2026-09-01"],
    ["14-May-2014", "2014-05-14"],
    ["14May2014", "2014-05-14"],
    ["2014 May 14", "2014-05-14"],
    ["16 Oct 2018", "2018-10-16"],
    ["3 Sept. 2018", "2018-09-03"],
    ["Wed 14 May 2014", "2014-05-14"],
    ["Wednesday, 14 May 2014", "2014-05-14"],
    ["Sun 29 Nov 2026", "2026-11-29"],
    ["١٤/٠٥/٢٠١٤", "2014-05-14"],
    ["۱۴/۰۵/۲۰۱۴", "2014-05-14"],
    ["१४/०५/२०१४", "2014-05-14"],
    ["１４／０５／２０１４", "2014-05-14"],
    ["๑๔/๐๕/๒๐๑๔", "2014-05-14"],
    ["2014年5月14日", "2014-05-14"],
    ["2014년 5월 14일", "2014-05-14"],
    ["\u200e14/05/2014\u200f", "2014-05-14"],
    ["  14/05/2014  ", "2014-05-14"],
    ["14\u00a005\u00a02014", "2014-05-14"],
    ["29/02/2024", "2024-02-29"],
    ["today", today],
    ["Today", today],
    ["yesterday", "2026-11-28"],
    ["tomorrow", "2026-11-30"],
  ])("%s is %s", (text, day) => expect(read(text)).toBe(day));

  it.each<[string, DayProblem]>([
    ["31/04/2026", "noSuchDay"],
    ["29/02/2026", "noSuchDay"],
    ["32/01/2026", "noSuchDay"],
    ["13/13/2026", "noSuchDay"],
    ["00/01/2026", "noSuchDay"],
    ["31 June 2026", "noSuchDay"],
    ["14/05", "noYear"],
    ["14 May", "noYear"],
    ["26/08/0710", "wrongYear"],
    ["1/1/9999", "wrongYear"],
    ["14/05/2557", "wrongYear"],
    ["hello", "unreadable"],
    ["14", "unreadable"],
    ["14/5/201", "unreadable"],
    ["14/5/20144", "unreadable"],
    ["1234567", "unreadable"],
    ["14 ju 2014", "unreadable"],
    ["14 May June 2014", "unreadable"],
    ["May 2014", "unreadable"],
    ["14/05/2014/1", "unreadable"],
    ["1=2=2014", "unreadable"],
    ["14+05+2014", "unreadable"],
    ["44000.5.1.2", "unreadable"],
    ["Mon 14 May 2014", "weekday"],
  ])("%s is no day: %s", (text, problem) => expect(read(text)).toBe(problem));
});

describe("readDay by the school's order", () => {
  it.each<[string, DayOrder, string]>([
    ["01/09/2026", "month_first", "2026-01-09"],
    ["01092026", "month_first", "2026-01-09"],
    ["9/1/26", "month_first", "2026-09-01"],
    ["14/05/2014", "month_first", "2014-05-14"],
    ["14 May 2014", "month_first", "2014-05-14"],
    ["26/9/1", "year_first", "2026-09-01"],
    ["26/09/01", "year_first", "2026-09-01"],
    ["260901", "year_first", "2026-09-01"],
    ["20260901", "year_first", "2026-09-01"],
    ["26 Sep 1", "year_first", "2026-09-01"],
    ["14/05/2014", "year_first", "2014-05-14"],
    ["04/05/2014", "year_first", "twoReadings"],
    ["05/05/2014", "year_first", "2014-05-05"],
  ])("%s, %s: %s", (text, order, day) => expect(read(text, order)).toBe(day));

  it("takes two digits of a day that has been for the century that has been", () => {
    expect(read("1/9/30", "day_first", true)).toBe("1930-09-01");
    expect(read("28/11/26", "day_first", true)).toBe("2026-11-28");
    expect(read("30/11/26", "day_first", true)).toBe("1926-11-30");
  });
});

describe("a day that is written", () => {
  it("is read again as the same day, typed and in words, in every order", () => {
    for (const order of ["day_first", "month_first", "year_first"] as const) {
      for (let place = 0; place < 2000; place += 37) {
        const day = new Date(Date.UTC(2000, 0, 1 + place * 7)).toISOString().slice(0, 10);
        for (const text of [
          typedDay(day, order),
          dayInWords(day, order),
          dayInWords(day, order, { weekday: true }),
          day,
        ])
          expect(read(text, order), text).toBe(day);
      }
    }
  });
  it.each<[DayOrder, string, string]>([
    ["day_first", "14/05/2014", "14 May 2014"],
    ["month_first", "05/14/2014", "May 14, 2014"],
    ["year_first", "2014-05-14", "2014 May 14"],
  ])("%s: %s, %s", (order, digits, words) => {
    expect(typedDay("2014-05-14", order)).toBe(digits);
    expect(dayInWords("2014-05-14", order)).toBe(words);
  });
  it("is never another thing", () => {
    expect(isDay("2014-02-30")).toBe(false);
    expect(isDay("2014-2-3")).toBe(false);
    expect(dayInWords("soon", "day_first")).toBe("soon");
  });
  it("has an age in whole years", () => {
    expect(yearsBetween("2014-11-29", today)).toBe(12);
    expect(yearsBetween("2014-11-30", today)).toBe(11);
  });
});
