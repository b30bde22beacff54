// What must not compile: `npm run typecheck` fails where one of these does.
import { describe, expect, it } from "vitest";
import { t } from "../i18n";

describe("a text", () => {
  it("is there, and has all its values and no others", () => {
    // @ts-expect-error There is no such text.
    t("common.noSuchText");
    // @ts-expect-error It takes a value.
    t("common.nothingFound");
    // @ts-expect-error It takes another value.
    t("common.nothingFound", { name: "Ada" });
    // @ts-expect-error It takes none.
    t("common.save", { name: "Ada" });
    // @ts-expect-error A plural goes by a number.
    t("common.list.count", { count: "3" });
    expect(t("common.nothingFound", { query: "Ada" })).toBe("Nothing matches “Ada”");
    expect([1, 1200].map((count) => t("today.classes.count", { count }))).toEqual(["1 student", "1,200 students"]);
  });
});
