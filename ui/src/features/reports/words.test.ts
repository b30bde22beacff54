// What the list of report cards says about a student.
import { describe, expect, it } from "vitest";
import type { StudentReadiness } from "../../bindings/StudentReadiness";
import { t } from "../../i18n";
import { lackingText, placeFrom, problemText } from "./words";

const student: StudentReadiness = {
  student: { id: "ada", number: "1", name: "Ada", listName: "Ada", nativeName: null, leftOn: null },
  subjects: 2,
  courseComments: 1,
  classTeacherComment: true,
  principalComment: false,
  marksNotEntered: 0,
  coursesWithoutResult: 2,
  overall: null,
  problems: [],
  lacking: ["marks", "comments", "principal", "ready"],
  ready: false,
};

describe("the words of a report card's state", () => {
  it("name what the steps count, and nothing else", () => {
    expect(lackingText(student, { coursesWithoutAssessments: 1 }, t)).toBe(
      "nothing assessed in 1 subject, 1 of 2 subject comments, no principal's comment",
    );
    // Of the class's courses without assessments no more are the student's than have no result.
    expect(
      lackingText({ ...student, coursesWithoutResult: 0, lacking: ["marks"] }, { coursesWithoutAssessments: 1 }, t),
    ).toBe("");
    expect(lackingText({ ...student, subjects: 0, lacking: ["marks"] }, { coursesWithoutAssessments: 0 }, t)).toBe(
      "takes no subject",
    );
    // Excused from everything: no result, and still nothing to be done.
    expect(lackingText({ ...student, lacking: [] }, { coursesWithoutAssessments: 0 }, t)).toBe("");
  });

  it("name the letters that are left out, with their code points, because the screen may lack them too", () => {
    expect(problemText({ code: "name_undrawable", letters: ["𐤀", "ẞ"] }, t)).toContain("𐤀 (U+10900), ẞ (U+1E9E)");
    expect(problemText({ code: "text_undrawable", letters: [..."abcdefgh"] }, t)).toMatch(/f \(U\+0066\), …$/);
  });
});

describe("the next student", () => {
  const list = ["a", "b", "c", "d"].map((id) => ({ ...student, student: { ...student.student, id } }));
  it("is the one below, also from one whom the filter let go", () => {
    expect(placeFrom(list, list, "b", 1)).toBe(2);
    expect(placeFrom(list, list, "b", -1)).toBe(0);
    const lacking = list.filter((one) => one.student.id !== "b");
    expect(lacking[placeFrom(list, lacking, "b", 1)]?.student.id).toBe("c");
    expect(lacking[placeFrom(list, lacking, "b", -1)]?.student.id).toBe("a");
    expect(lacking[placeFrom(list, lacking, "d", 1)]).toBeUndefined();
    expect(list[placeFrom(list, list, undefined, 1)]?.student.id).toBe("a");
  });
});
