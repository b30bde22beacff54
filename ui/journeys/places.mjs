// A student leaves with a reason and stays on the roster of an earlier day, in the list and in the class; a teacher
// leaves, everything that was taught goes to somebody else in the same step, and the teacher works there again.
import assert from "node:assert/strict";
import { demoSchool, journey, toDemoSchool } from "./lib/journey.mjs";
import { By, Key, quoted } from "./lib/window.mjs";

const submit = By.css("[role=dialog] button[type=submit]");

/** Sends what the open form says, until it is closed. */
async function send(window) {
  await window.tap(submit);
  await window.gone(By.css("[role=dialog]"));
}

/** A day so many days after another one. */
function beside(day, step) {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + step);
  return date.toISOString().slice(0, 10);
}

/** Chooses an act from the menu of the pane. */
async function act(window, name, label) {
  await window.click(`More for ${name}`);
  await window.click(label);
  await window.visible(By.css("[role=dialog] form"));
}

/** Signs in and resolves with the school of the journey. */
async function school(window, prepared) {
  await window.signIn("demo", prepared.password);
  return toDemoSchool(window, prepared);
}

journey(
  "A student leaves with a reason, and stands on the roster of a day before",
  { prepare: demoSchool },
  async ({ window, prepared }) => {
    const { id, today } = await school(window, prepared);
    const { rows } = await window.call("people.list_students", { school: id, limit: 1 });
    const [{ id: student, number, givenName, familyName, classes }] = rows;
    const name = `${givenName} ${familyName}`;
    const details = () => window.call("people.student", { student });
    const [{ firstDay }] = (await details()).stays;
    const lastDay = [beside(today, -3), firstDay].toSorted().at(-1);
    const before = [beside(lastDay, -30), firstDay].toSorted().at(-1);

    await window.go(`/students/${student}`);
    await window.visible(By.css(`aside[aria-label=${JSON.stringify(name)}]`));
    await act(window, name, "Leaves the school…");
    await window.text("All records are kept");
    await window.fill("Last day at the school", lastDay);
    await window.fill("Reason", "Moves to another town");
    await send(window);
    const place = "//aside//section[.//h3[normalize-space()='At the school']]";
    await window.visible(By.xpath(`${place}//li[contains(., 'Left, withdrawn') and contains(., 'another town')]`));
    const left = await details();
    assert.deepEqual(
      [left.status, left.stays[0].lastDay, left.stays[0].exitReason],
      ["withdrawn", lastDay, "Moves to another town"],
    );
    assert.ok(
      left.enrolments.every(({ end }) => end !== null && end <= lastDay),
      "a class goes on after the last day",
    );

    // Today the student has left; on the day before the student was active.
    const row = (status) =>
      By.xpath(
        `//*[@role='row'][@data-body][.//*[normalize-space()=${quoted(number)}]][.//*[@role='gridcell'][contains(., ${quoted(status)})]]`,
      );
    await window.go("/students");
    await window.fill("Filter this list", number);
    await window.visible(row("Withdrawn"));
    await window.fill("As of", before);
    await window.press(Key.ENTER);
    await window.text("Who was at the school on");
    await window.visible(row("Active"));
    await window.tap(By.css("main [role=note] button"));
    await window.gone(By.css("main [role=note]"));
    await window.visible(row("Withdrawn"));

    // The class of then has the student, the class of today has not.
    const [inClass] = classes;
    const listed = async (asOf) =>
      (await window.call("classes.class", { class: inClass.id, asOf })).students.some((one) => one.student === student);
    assert.deepEqual([await listed(before), await listed(today)], [true, false]);
    await window.go(`/classes/${inClass.id}?asOf=${before}`);
    await window.text("Who was in the class on");
    await window.visible(By.xpath(`//aside//tbody//tr[.//td[normalize-space()=${quoted(number)}]]`));

    // And comes back.
    await window.go(`/students/${student}`);
    await window.visible(By.css(`aside[aria-label=${JSON.stringify(name)}]`));
    await act(window, name, "Comes back…");
    await window.fill("First day back", today);
    await send(window);
    await window.visible(By.xpath(`${place}//li[contains(., 'Came back')]`));
    const back = await details();
    assert.deepEqual([back.status, back.stays.length], ["active", 2]);
  },
);

journey(
  "A teacher leaves, and what was taught goes to a colleague in the same step",
  { prepare: demoSchool },
  async ({ window, prepared }) => {
    const { id, today } = await school(window, prepared);
    const { rows } = await window.call("people.list_staff", { school: id, limit: 200 });
    const member = (staff) => window.call("people.staff_member", { staff });
    const all = await Promise.all(rows.map((one) => member(one.id)));
    const leaver = all.find(({ teaches, classTeacherOf }) => teaches.length > 1 && classTeacherOf.length > 0);
    assert.ok(leaver, "nobody teaches and leads a class");
    const { staff } = leaver;
    const nameOf = (one) => `${one.givenName} ${one.familyName}`;
    const once = rows.filter((one) => rows.filter((other) => nameOf(other) === nameOf(one)).length === 1);
    const successor = once.find((one) => one.id !== staff.id);
    const name = nameOf(staff);

    await window.go(`/staff/${staff.id}`);
    await window.visible(By.css(`aside[aria-label=${JSON.stringify(name)}]`));
    await act(window, name, "Leaves the school…");
    await window.select("All of it goes to", `${successor.familyName}, ${successor.givenName}`);
    await send(window);
    await window.text("Leaves on");
    const handed = await member(successor.id);
    const courses = (of) => of.teaches.map(({ course }) => course);
    assert.ok(courses(leaver).every((course) => courses(handed).includes(course)));
    assert.ok(leaver.classTeacherOf.every((one) => handed.classTeacherOf.some((other) => other.id === one.id)));
    // Until the last day is over the courses are taught together; homerooms are handed over at once.
    const leaving = await member(staff.id);
    assert.deepEqual(
      [leaving.staff.lastDay, leaving.classTeacherOf, courses(leaving).length],
      [today, [], courses(leaver).length],
    );

    await act(window, name, "Works here again…");
    await send(window);
    await window.gone(By.xpath("//aside//*[contains(text(), 'Leaves on')]"));
    assert.equal((await member(staff.id)).staff.lastDay, null);
  },
);
