// The school goes into the next year: planned by rule, a homeroom and a student decided otherwise, done in one step,
// again without effect, and taken back in one step.
import assert from "node:assert/strict";
import { demoSchool, journey, toDemoSchool } from "./lib/journey.mjs";
import { By, Key, quoted } from "./lib/window.mjs";

const submit = By.xpath("//*[@role='dialog']//button[normalize-space()='Roll over']");

journey(
  "A rollover is planned by rule, changed for a homeroom and a student, done, done again without effect, and undone",
  { prepare: demoSchool },
  async ({ window, prepared }) => {
    await window.signIn("demo", prepared.password);
    const school = await toDemoSchool(window, prepared);
    const sessions = () => window.call("schools.list_sessions", { school: school.id });
    const [year] = (await sessions()).filter(({ current }) => current);

    // Without a next year the screen says what is missing.
    await window.go("/classes");
    await window.click("New academic year…");
    await window.text(`No academic year after ${year.title} yet`);

    const later = (day) => `${Number(day.slice(0, 4)) + 1}${day.slice(4)}`;
    const terms = year.terms
      .slice(0, 1)
      .map(({ title, start, end }) => ({ title, start: later(start), end: later(end) }));
    const next = { school: school.id, title: "Next year", start: later(year.start), end: later(year.end), terms };
    await window.call("schools.save_year", next);
    const made = (await sessions()).find(({ title }) => title === next.title);
    const ask = { school: school.id, from: year.id, to: made.id };
    const plan = () => window.call("classes.plan_rollover", ask);
    const planned = async (title) => (await plan()).classes.find((row) => row.title === title);

    // By rule everybody moves up, and the highest grade level graduates. The screen hears of the new year by itself.
    const { counts: first, classes } = await plan();
    assert.equal(first.unresolved, 0);
    assert.equal(first.moves + first.graduates, first.students);
    assert.equal(classes.length, 12);
    await window.text("14 new classes with 84 new courses.");
    await window.visible(
      By.xpath(`//ul//li[contains(., ${quoted("Move up")})]//*[normalize-space()='${first.moves}']`),
    );
    const [moved, opened] = classes;
    assert.deepEqual([moved.title, moved.to, opened.title, opened.to], ["6A", "7A", "6B", "7B"]);

    // A homeroom goes where another one goes too.
    await window.select("What becomes of 6A", "7B");
    await window.until(async () => (await planned("6A")).to === "7B", "the homeroom is not decided about");
    assert.equal((await planned("6A")).by, "class");
    await window.text("Decision");

    // A student of the other one repeats.
    await window.tap(By.xpath("//*[@role='row'][@data-body]//strong[normalize-space()='6B']"));
    await window.visible(By.css("aside[aria-label='6B']"));
    const students = async () =>
      (await window.call("classes.rollover_students", { ...ask, class: opened.class, limit: 100 })).rows;
    const [{ student, givenName, familyName }] = await students();
    const of = async () => (await students()).find((row) => row.student === student);
    await window.select(`What becomes of ${givenName} ${familyName}`, "Repeats in 6B");
    await window.until(async () => (await of()).by === "student", "the student is not decided about");
    assert.deepEqual([(await of()).outcome, (await of()).to], ["repeats", "6B"]);
    await window.tap(By.css("aside button[aria-label=Close]"));
    await window.gone(By.css("aside[aria-label='6B']"));

    // It is said before it is done.
    const { counts } = await plan();
    assert.deepEqual([counts.moves, counts.repeats], [first.moves - 1, 1]);
    await window.click("Roll over…");
    await window.text(
      `${counts.moves} of ${counts.students} students will move up, 1 will repeat, 0 will leave and ${counts.graduates} will graduate`,
    );
    await window.tap(submit);
    await window.gone(By.css("[role=dialog]"));
    await window.text(`Done: ${counts.moves} moved up, 1 to repeat`);
    const inNewYear = async () => {
      const found = await window.call("classes.list_classes", { school: school.id, year: made.id });
      return Object.fromEntries(found.map(({ title, students: many }) => [title, many]));
    };
    const done = await plan();
    assert.deepEqual([done.counts.moves, done.counts.repeats], [0, 0]);
    assert.ok(done.counts.done >= counts.moves + 1, JSON.stringify(done.counts));
    assert.deepEqual([done.newClasses, done.newCourses], [0, 0]);
    const places = await inNewYear();
    assert.deepEqual([Object.keys(places).length, places["6B"], places["7A"]], [14, 1, 0]);

    // Again there is nothing to do.
    await window.click("Roll over…");
    await window.tap(submit);
    await window.gone(By.css("[role=dialog]"));
    await window.text("Everything of this plan was done already.");
    assert.deepEqual((await plan()).counts, done.counts);

    // One undo takes all of it back, and leaves what was decided.
    await window.chord(Key.CONTROL, "z");
    await window.text("Undone: ");
    await window.until(async () => (await plan()).counts.done === 0, "the rollover is not undone");
    assert.deepEqual((await plan()).counts, counts);
    assert.deepEqual(await inNewYear(), {});
    await window.text("14 new classes with 84 new courses.");
  },
);
