// One setting decides words, direction, digits, months, sorting; and what English lends where a language lacks a text.
import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { adoptConventions } from "./conventions";
import { useTranslation, speak, t } from "./i18n";
import {
  chooseBeforeSignIn,
  chosenBeforeSignIn,
  languageFor,
  languageHere,
  locale,
  ownLanguage,
  ownName,
  rememberLanguage,
} from "./language";
import { setOwner } from "./session/owner";
import { byTitle } from "./names";
import { formatFixed, formatSchoolDay } from "./numbers";

const systemIs = (name: string) => vi.spyOn(navigator, "language", "get").mockReturnValue(name);
afterEach(async () => {
  cleanup();
  vi.restoreAllMocks();
  adoptConventions(null);
  await speak("en");
});

describe("the language", () => {
  it("is the person's own, else the school's, else the system's, else English", () => {
    systemIs("hi-IN");
    expect(languageFor("ar", "en")).toBe("ar");
    expect(languageFor(null, "ar")).toBe("ar");
    expect(languageFor(null, null)).toBe("hi");
    systemIs("sw");
    expect(languageFor("tlh", null)).toBe("en");
  });

  it("stays with the person; the sign-in screen has the last one of this computer", () => {
    systemIs("en");
    setOwner({ user: "amal", name: "Amal" });
    rememberLanguage("ar");
    setOwner({ user: "ben", name: "Ben" });
    expect(languageHere()).toBe("ar");
    expect(ownLanguage()).toBe("en");
    expect(languageHere()).toBe("en");
    setOwner({ user: "amal", name: "Amal" });
    expect(ownLanguage()).toBe("ar");
    chooseBeforeSignIn("hi");
    setOwner({ user: "ben", name: "Ben" });
    expect([ownLanguage(), ownLanguage()]).toEqual(["hi", "hi"]);
    // What a person chose holds at every computer; before that it is that of the school's documents, if anybody chose it.
    setOwner({ user: "chloe", name: "Chloe" });
    expect([ownLanguage("ar", "hi"), ownLanguage(null, "hi"), ownLanguage(null, "en")]).toEqual(["ar", "hi", "en"]);
    chooseBeforeSignIn("hi");
    expect([chosenBeforeSignIn(), ownLanguage("ar"), chosenBeforeSignIn(), ownLanguage("ar")]).toEqual([
      "hi",
      "hi",
      null,
      "ar",
    ]);
    setOwner(null);
    localStorage.clear();
  });

  it("decides direction, words, plurals, months and digits at once", async () => {
    adoptConventions({ dayOrder: "day_first", nameOrder: "given_first", today: "2026-11-29" });
    await speak("ar");
    expect(document.documentElement).toHaveAttribute("dir", "rtl");
    expect(document.documentElement).toHaveAttribute("lang", "ar");
    expect(t("common.save")).toBe("حفظ");
    expect(
      [0, 1, 2, 3, 11, 100].map((count) => t("reports.make.pages", { count }).replace(/[\u2068\u2069]/g, "")),
    ).toEqual(["لا صفحات", "صفحة واحدة", "صفحتان", "3 صفحات", "11 صفحة", "100 صفحة"]);
    expect(formatSchoolDay("2026-11-21")).toBe("السبت 21 نوفمبر 2026");
    await speak("hi");
    expect(document.documentElement).toHaveAttribute("dir", "ltr");
    expect(t("common.save")).toBe("सहेजें");
    expect(formatSchoolDay("2026-11-21")).toBe("शनि 21 नव॰ 2026");
  });

  it("writes numbers and sorts by itself, whatever the system's is", async () => {
    systemIs("ar-EG");
    expect([locale(), formatFixed(1234.5, 2)]).toEqual(["en", "1,234.50"]);
    systemIs("en-IN");
    expect([locale(), formatFixed(123456.5, 1)]).toEqual(["en-IN", "1,23,456.5"]);
    await speak("ar");
    expect(locale()).toBe("ar-u-nu-latn");
    expect(["ي", "أ", "ب"].toSorted(byTitle)).toEqual(["أ", "ب", "ي"]);
  });

  it("lends English texts that it lacks, and keeps names in their direction", async () => {
    await speak("ar");
    expect(t("faces.rail")).toBe("الوجوه");
    expect(t("faces.uses.of", { name: "Ada Lee" })).toBe("Uses of the face of \u2068Ada Lee\u2069");
  });

  it("calls itself by its own name", () => {
    expect(["en", "hi", "ar"].map((one) => ownName(one as "en"))).toEqual(["English", "हिन्दी", "العربية"]);
  });

  it("draws anew what is on the screen", async () => {
    const Save = () => <p>{useTranslation().t("common.save")}</p>;
    render(<Save />);
    expect(screen.getByText("Save")).toBeInTheDocument();
    await act(() => speak("hi"));
    expect(screen.getByText("सहेजें")).toBeInTheDocument();
  });

  it("has one for tests: longer, accented, in brackets, with its values", async () => {
    await speak("en-XA");
    expect(t("common.save")).toBe("⟦Śávé~~⟧");
    expect(t("common.nothingFound", { query: "Ada" })).toBe("⟦Ńóťĥíńǵ máťćĥéś “Ada” ~~~~~~~⟧");
  });
});
