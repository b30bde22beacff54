// Two desktops at one PostgreSQL: what one of them saves stands on the other's screen at once.
import assert from "node:assert/strict";
import path from "node:path";
import test from "node:test";
import { schoolDayBefore } from "./lib/days.mjs";
import { openSchool } from "./lib/opening.mjs";
import { readColumn } from "./lib/sheet.mjs";
import { By, Window, freshFolder } from "./lib/window.mjs";

const database = process.env.HOMEROOM_JOURNEY_POSTGRES;
const server = process.env.WEBDRIVER_URL_BESIDE;

/** A class of two students with a course, by operations. */
async function makeClass(window) {
  const [school] = (await window.call("accounts.whoami", {})).schools;
  const [year] = await window.call("schools.list_sessions", { school: school.id });
  const row = { school: school.id };
  const { class: made } = await window.call("classes.save_class", { ...row, title: "7B", year: year.id });
  const date = schoolDayBefore(school.today);
  const student = async (number, givenName, familyName) => {
    const names = { number, givenName, familyName };
    const input = { ...row, ...names, class: made.id, classStart: date };
    return (await window.call("people.save_student", input)).student.id;
  };
  const students = [await student("1001", "Amelia", "Hughes"), await student("1002", "Arjun", "Sharma")];
  const subject = await window.call("schools.save_subject", { ...row, title: "Mathematics", code: "MAT" });
  const taught = { class: made.id, subject: subject.id, teachers: [] };
  const { course } = await window.call("classes.save_course", taught);
  const { category } = await window.call("gradebook.save_category", { course, title: "Tests", weight: "1" });
  const term = school.currentTerm;
  const test = { course, term, category: category.id, title: "Fractions", maximum: "20" };
  const { assessment } = await window.call("gradebook.save_assessment", test);
  return { school, class: made.id, date, student, students, course, term, assessment: assessment.id };
}

test("A mark, a register and a roster change are seen by another desktop at the same PostgreSQL", {
  skip: (database === undefined || server === undefined) && "no PostgreSQL, or no second driver",
}, async () => {
  const { folder, remove } = freshFolder();
  const options = ["--db", database];
  const open = (name, more = {}) => Window.open(path.join(folder, name), { options, ...more });
  const [office, staffRoom] = [await open("office"), await open("staff room", { server })];
  try {
    await openSchool(office);
    const made = await makeClass(office);
    await staffRoom.driver.navigate().refresh();
    await staffRoom.signIn("ada", "a short sentence");

    /** What is on the other screen once it is there, after an act here. */
    const seen = async (what, act, question) => {
      const begun = performance.now();
      await act();
      const saved = performance.now();
      await staffRoom.until(question, `the other window does not show ${what}`);
      const now = performance.now();
      console.log(`${what}: saved in ${Math.round(saved - begun)} ms, seen after ${Math.round(now - saved)} ms`);
    };
    const shows = (text) => () => staffRoom.isVisible(By.xpath(`//main//*[contains(., '${text}')]`));

    await staffRoom.go("/students");
    await staffRoom.text("Hughes");
    assert.equal(await shows("Wanjiru")(), false);
    await seen("a new student", () => made.student("1003", "Nia", "Wanjiru"), shows("Wanjiru"));

    const date = schoolDayBefore(made.school.today);
    await staffRoom.go(`/attendance/${made.class}?date=${date}`);
    await staffRoom.text("Hughes");
    const codes = await office.call("schools.list_attendance_codes", { school: made.school.id });
    const absent = codes.find(({ meaning }) => meaning === "absent").id;
    const marks = [{ student: made.students[0], code: absent, reason: "At the dentist" }];
    const register = { class: made.class, date, lesson: 0, marks };
    const reason = () => staffRoom.script("return document.body.innerHTML.includes('At the dentist')");
    assert.equal(await reason(), false);
    await seen("a register", () => office.call("attendance.record_attendance", register), reason);

    await staffRoom.go(`/marks/${made.course}`);
    await staffRoom.visible(By.css("[role=grid]"));
    const cells = [{ student: made.students[1], assessment: made.assessment, text: "17.25" }];
    const marked = async () => (await readColumn(staffRoom, "Fractions")).some(([, text]) => text === "17.25");
    assert.equal(await marked(), false);
    const mark = { course: made.course, term: made.term, cells };
    await seen("a mark", () => office.call("gradebook.record_marks", mark), marked);
  } finally {
    for (const window of [office, staffRoom]) await window.close().catch(() => undefined);
    remove();
  }
});
