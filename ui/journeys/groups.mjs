// Sets beside homerooms: a student changes the set in one step from the own page, somebody is exempted from a course and
// takes it again, a class is made a group, and a year is set up from the last one.
import assert from "node:assert/strict";
import { demoSchool, journey, toDemoSchool } from "./lib/journey.mjs";
import { By, quoted } from "./lib/window.mjs";

const submit = By.css("[role=dialog] button[type=submit]");

/** Sends what the open form says, until it is closed. */
async function send(window) {
  await window.tap(submit);
  await window.gone(By.css("[role=dialog]"));
}

journey(
  "The set is changed in one step, a student exempted and back, a group made, and the next year set up",
  { prepare: demoSchool },
  async ({ window, prepared }) => {
    await window.signIn("demo", prepared.password);
    const school = await toDemoSchool(window, prepared);
    const courses = async (more = {}) =>
      (await window.call("classes.list_courses", { school: school.id, limit: 200, ...more })).rows;
    const sets = (await courses()).filter(({ classKind }) => classKind === "group");
    assert.equal(sets.length, 2, "the demo school has two sets");
    const [first, second] = sets;
    const { members } = await window.call("classes.course", { course: first.id });
    const { student, givenName, familyName } = members[0];

    // From one set into the other: the first is left in the same step.
    await window.go(`/students/${student}`);
    await window.visible(By.css(`aside[aria-label=${JSON.stringify(`${givenName} ${familyName}`)}]`));
    await window.click("Add to a subject…");
    await window.select("Subject", first.subjectTitle);
    await window.tap(By.xpath(`//*[@role='dialog']//label[contains(., ${quoted(second.classTitle)})]`));
    await send(window);
    const taken = async () => (await courses({ student })).filter(({ subject }) => subject === first.subject);
    assert.deepEqual(
      (await taken()).map(({ classTitle }) => classTitle).toSorted(),
      // The last day in the former set was yesterday.
      [second.classTitle],
    );
    await window.visible(By.xpath(`//aside//button[normalize-space()=${quoted(second.classTitle)}]`));

    // Who does not take physical education in the list takes it again, with the reason told before.
    const sports = (await courses()).find(
      ({ subjectTitle, students }) => subjectTitle === "Physical Education" && students < 25,
    );
    await window.go(`/courses/${sports.id}`);
    await window.text("Medical certificate");
    const exempted = (await window.call("classes.course", { course: sports.id })).members.filter(({ takes }) => !takes);
    assert.equal(exempted.length, 1);
    await window.click("Takes it again…");
    await send(window);
    const takers = async () => (await courses()).find(({ id }) => id === sports.id).students;
    await window.until(async () => (await takers()) === sports.students + 1, "nobody takes the course again");

    // A group has no class teacher and no register of the day.
    await window.go("/classes/new");
    await window.fill("Name", "Chess");
    await window.tap(By.xpath("//*[@role='dialog']//label[normalize-space()='Group']"));
    await window.gone(By.xpath("//*[@role='dialog']//label[normalize-space()='Class teacher']"));
    await window.fill("Places", "12");
    await send(window);
    await window.visible(By.css("aside[aria-label='Chess']"));
    assert.equal(await window.isVisible(By.xpath("//aside//button[normalize-space()='Register']")), false);
    assert.deepEqual(
      (await window.call("attendance.registers_of_day", { school: school.id })).classes.filter(
        ({ kind }) => kind === "group",
      ),
      [],
    );

    // The next year gets the classes of this one, with what it comes to said before.
    const [year] = (await window.call("schools.list_sessions", { school: school.id })).filter(({ current }) => current);
    const later = (day) => `${Number(day.slice(0, 4)) + 1}${day.slice(4)}`;
    const terms = year.terms
      .slice(0, 1)
      .map(({ title, start, end }) => ({ title, start: later(start), end: later(end) }));
    const next = { school: school.id, title: "Next year", start: later(year.start), end: later(year.end), terms };
    await window.call("schools.save_year", next);
    const made = (await window.call("schools.list_sessions", { school: school.id })).find(
      ({ title }) => title === next.title,
    );
    await window.go(`/classes?year=${made.id}`);
    await window.click("Copy from another year…");
    await window.text("15 new classes with 84 new courses.");
    await send(window);
    const copied = await window.call("classes.list_classes", { school: school.id, year: made.id });
    assert.deepEqual([copied.length, copied.every(({ students }) => students === 0)], [15, true]);
  },
);
