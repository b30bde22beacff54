// What one did is taken back one after the other, from wherever one is, and every list and pane shows the truth.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { schoolDayBefore } from "./lib/days.mjs";
import { demoSchool, journey } from "./lib/journey.mjs";
import { By, Key, quoted } from "./lib/window.mjs";

async function place(window) {
  const whoami = await window.call("accounts.whoami", {});
  const [school] = whoami.schools;
  const classes = await window.call("classes.list_classes", { school: school.id });
  const [one, two] = classes.filter(({ students }) => students > 5);
  const inOne = (await window.call("people.list_students", { school: school.id, class: one.id, limit: 10 })).rows;
  return { school, one, two, inOne };
}

journey(
  "Acts of every kind are undone one after the other with the key, and done again",
  { prepare: demoSchool },
  async ({ window, prepared }) => {
    await window.signIn("demo", prepared.password);
    const { school, one, two, inOne } = await place(window);
    const { today } = school;
    const user = (role, more) => ({
      username: "cora",
      givenName: "Cora",
      familyName: "Quill",
      staff: null,
      student: null,
      disabled: false,
      password: null,
      roles: [{ role, school: school.id, district: null }],
      id: null,
      version: null,
      ...more,
    });
    const cora = await window.call("accounts.save_user", user("counsellor", { password: "nine green bottles" }));

    // A new student with a class, by hand: one act.
    await window.go("/students/new");
    await window.fill("Given name", "Ann");
    await window.fill("Family name", "Leeward");
    await window.fill("Number", "990001");
    await window.select("Class", one.title);
    await window.click("Add the student");
    await window.visible(By.css("aside[aria-label='Ann Leeward']"));
    const [ann] = (await window.call("people.list_students", { school: school.id, search: "Leeward" })).rows;
    assert.deepEqual(
      ann.classes.map(({ title }) => title),
      [one.title],
    );

    const [, , mover, leaver] = inOne;
    await window.call("classes.move_students", { from: one.id, to: two.id, students: [mover.id], date: today });
    await window.call("classes.end_enrolments", { class: one.id, students: [leaver.id], end: today });
    const stored = await window.call("schools.settings", { school: school.id });
    await window.call("schools.save_settings", {
      school: school.id,
      version: stored.version,
      settings: { ...stored.settings, passPercent: 51 },
    });
    await window.call("accounts.save_user", user("operator", { id: cora.id, version: cora.version }));
    const courses = await window.call("gradebook.courses_for_marks", {
      school: school.id,
      term: school.currentTerm ?? school.terms[0].id,
    });
    const course = courses.find(({ class: of }) => of === two.id) ?? courses[0];
    const term = school.currentTerm ?? school.terms[0].id;
    const sheet = await window.call("gradebook.mark_sheet", { course: course.course, term });
    const cells = sheet.students.slice(0, 3).map(({ id }) => {
      const assessment = sheet.assessments[0].id;
      const held = sheet.marks.find((mark) => mark.student === id && mark.assessment === assessment);
      return {
        student: id,
        assessment,
        text: held?.text === "3" ? "4" : "3",
        ...(held === undefined ? {} : { seenVersion: held.version }),
      };
    });
    await window.call("gradebook.record_marks", { course: course.course, term, cells: cells.slice(0, 1) });
    await window.call("gradebook.record_marks", { course: course.course, term, cells: cells.slice(1) });
    await window.call("people.delete_students", { school: school.id, students: [ann.id] });

    // In a field the key is the field's own.
    await window.go(`/students/${ann.id}`);
    await window.text("Restore");
    const filter = await window.visible(By.css("input[aria-label='Filter this list']"));
    await filter.click();
    await window.press("Leeward");
    await window.chord(Key.CONTROL, "z");
    assert.equal(
      await window.isVisible(By.xpath("//*[starts-with(normalize-space(), 'Undone:')]")),
      false,
      "a field's undo took something else back",
    );
    await window.script("document.activeElement.blur()");

    const said = [
      "Undone: Ann Leeward deleted",
      "Undone: Marks of 2 students in",
      "Undone: Mark of",
      "Undone: User Cora Quill and roles changed",
      "Undone: Settings changed",
      `left ${one.title}`,
      `moved to ${two.title}`,
      `Undone: Ann Leeward added to ${one.title}`,
    ];
    const rolesOfCora = async () =>
      (await window.call("accounts.list_users", { school: school.id }))
        .find(({ id }) => id === cora.id)
        ?.roles.map(({ role }) => role);
    for (const [nth, text] of said.entries()) {
      await window.chord(Key.CONTROL, "z");
      await window.text(text);
      if (nth === 0) await window.gone(By.xpath("//aside//button[normalize-space()='Restore']"));
      if (text.endsWith("roles changed")) assert.deepEqual(await rolesOfCora(), ["counsellor"]);
    }
    // The pane of a student who never was says so, and the list does not hold her.
    await window.text("This is not here any more");
    assert.equal((await window.call("people.list_students", { school: school.id, search: "Leeward" })).total, 0);
    assert.equal(
      (await window.call("schools.settings", { school: school.id })).settings.passPercent,
      stored.settings.passPercent,
    );
    const marks = (await window.call("gradebook.mark_sheet", { course: course.course, term })).marks;
    for (const { student, assessment } of cells)
      assert.equal(
        marks.find((mark) => mark.student === student && mark.assessment === assessment)?.text ?? "",
        sheet.marks.find((mark) => mark.student === student && mark.assessment === assessment)?.text ?? "",
      );

    await window.chord(Key.CONTROL, Key.SHIFT, "z");
    await window.text(`Done again: Ann Leeward added to ${one.title}`);
    await window.visible(By.css("aside[aria-label='Ann Leeward']"));

    // The list in the top bar: with times, and a button each.
    await window.tap(By.css("header button[aria-label=Undo]"));
    await window.visible(By.xpath(`//button[@aria-label='Undo: Ann Leeward added to ${one.title}']`));
    await window.tap(By.xpath(`//button[@aria-label='Undo: Ann Leeward added to ${one.title}']`));
    await window.text("This is not here any more");
  },
);

const classList = `Student number,Given name,Family name,Class,Guardian name,Guardian phone
990011,Amelia,Leeward,9Z,Rose Leeward,+44 20 7946 0101
990012,Arjun,Leeward,9Z,Meera Leeward,+91 11 2345 6789
990013,Layla,Leeward,9Z,Omar Leeward,+961 1 234 567
`;

journey(
  "An import, an enrolment and a bulk enrolment are undone one after the other, and done again",
  { prepare: demoSchool },
  async ({ window, prepared, folder }) => {
    await window.signIn("demo", prepared.password);
    const { school } = await place(window);
    // A student is in one homeroom and in as many groups as one likes.
    const { id: year } = (await window.call("schools.list_sessions", { school: school.id })).find((of) => of.current);
    const group = async (title) => {
      const input = { school: school.id, year, title, kind: "group" };
      return { id: (await window.call("classes.save_class", input)).class.id, title };
    };
    const [one, two] = [await group("Chess"), await group("Choir")];
    const leewards = async () =>
      Object.fromEntries(
        (await window.call("people.list_students", { school: school.id, search: "Leeward" })).rows.map(
          ({ givenName, classes }) => [givenName, classes.map(({ title }) => title).toSorted()],
        ),
      );
    const titles = async () =>
      (await window.call("classes.list_classes", { school: school.id })).map(({ title }) => title);
    const before = {
      students: (await window.call("people.list_students", { school: school.id, limit: 1 })).total,
      titles: await titles(),
    };
    assert.deepEqual([await leewards(), before.titles.includes("9Z")], [{}, false]);

    // A class list out of a file.
    const file = path.join(folder, "class list.csv");
    writeFileSync(file, classList);
    await window.go("/import");
    await window.choose(file);
    await window.text("Which column holds what?");
    await window.click("Check the rows");
    await window.text("This would happen");
    await window.click("Import");
    await window.text("The import is done");
    const imported = { Amelia: ["9Z"], Arjun: ["9Z"], Layla: ["9Z"] };
    assert.deepEqual(await leewards(), imported);

    // One student into one more class, from the student.
    const amelia = (await window.call("people.list_students", { school: school.id, search: "Amelia Leeward" })).rows[0]
      .id;
    await window.go(`/students/${amelia}`);
    await window.visible(By.css("aside[aria-label='Amelia Leeward']"));
    await window.click("Enrol in a class");
    await window.select("Class", one.title);
    await window.tap(By.css("[role=dialog] button[type=submit]"));
    await window.gone(By.css("[role=dialog]"));
    const ofAmelia = By.xpath(`//aside//ul//button[normalize-space()=${quoted(one.title)}]`);
    await window.visible(ofAmelia);
    const enrolled = { ...imported, Amelia: ["9Z", one.title].toSorted() };
    assert.deepEqual(await leewards(), enrolled);

    // Several chosen ones into a class at once, from the class.
    await window.go(`/classes/${two.id}`);
    await window.click("Enrol students");
    const field = await window.field("Students");
    for (const name of ["Amelia", "Arjun", "Layla"]) {
      await field.click();
      await field.sendKeys(name, " Leeward");
      await window.tap(By.xpath(`//*[@role='option'][contains(., 'Leeward, ${name}')]`));
    }
    await window.press(Key.ESCAPE);
    await window.tap(By.css("[role=dialog] button[type=submit]"));
    await window.gone(By.css("[role=dialog]"));
    const inTwo = By.xpath("//aside//table//button[starts-with(normalize-space(), 'Leeward, ')]");
    await window.visible(inTwo);
    assert.deepEqual(
      await leewards(),
      Object.fromEntries(Object.entries(enrolled).map(([name, list]) => [name, [...list, two.title].toSorted()])),
    );

    // Back, with the screen that shows it open each time.
    const back = async (said) => {
      await window.chord(Key.CONTROL, "z");
      await window.text(`Undone: ${said}`);
    };
    await back(`3 students added to ${two.title}`);
    await window.gone(inTwo);
    assert.deepEqual(await leewards(), enrolled);

    await window.go(`/students/${amelia}`);
    await window.visible(ofAmelia);
    await back(`Amelia Leeward added to ${one.title}`);
    await window.gone(ofAmelia);
    assert.deepEqual(await leewards(), imported);

    await back("Import of 3 students");
    await window.text("This is not here any more");
    assert.deepEqual(await leewards(), {});
    assert.equal((await window.call("people.list_students", { school: school.id, limit: 1 })).total, before.students);
    assert.deepEqual(await titles(), before.titles, "the class of the import stays");
    assert.equal(
      (await window.call("people.search_people", { school: school.id, text: "Rose Leeward", kind: "guardian" })).length,
      0,
      "a guardian of the import stays",
    );

    // All of it again, in the order in which it was done.
    for (const [said, now] of [
      ["Import of 3 students", imported],
      [`Amelia Leeward added to ${one.title}`, enrolled],
    ]) {
      await window.chord(Key.CONTROL, Key.SHIFT, "z");
      await window.text(`Done again: ${said}`);
      assert.deepEqual(await leewards(), now);
    }
    await window.visible(ofAmelia);
  },
);

journey(
  "What somebody built upon is not taken away, and it is said who did",
  { prepare: demoSchool },
  async ({ window, prepared }) => {
    await window.signIn("demo", prepared.password);
    const { school, one } = await place(window);
    const { student, undo } = await window.call("people.save_student", {
      school: school.id,
      number: "990002",
      givenName: "Bo",
      familyName: "Leeward",
    });
    await window.call("classes.enrol_students", { class: one.id, students: [student.id], start: school.today });
    await window.go("/changes");
    await window.visible(By.css("[role=grid][aria-label=Changes] [data-body]"));
    // Only the newer of the two has a button; the older one says what stands on it.
    await window.visible(By.xpath(`//button[@aria-label='Undo: Bo Leeward added to ${one.title}']`));
    assert.equal(await window.isVisible(By.xpath("//button[@aria-label='Undo: Bo Leeward added']")), false);
    await window.go(`/changes/${undo}`);
    await window.visible(By.css("aside[aria-label='Bo Leeward added']"));
    await window.text("Something else uses it by now.");
    await window.text("Family name");
    const shown = await (await window.visible(By.css("aside[aria-label='Bo Leeward added']"))).getText();
    assert.doesNotMatch(shown, /_id|given_name|students\b.*:/, "names of columns are shown");
    // With a pane open the list has no room for its buttons.
    await window.go("/changes");
    await window.gone(By.css("aside[aria-label='Bo Leeward added']"));
    await window.tap(By.xpath(`//button[@aria-label='Undo: Bo Leeward added to ${one.title}']`));
    await window.text(`Undone: Bo Leeward added to ${one.title}`);
    await window.visible(By.xpath("//button[@aria-label='Undo: Bo Leeward added']"));
  },
);

journey("A register is undone key by key with the same key", { prepare: demoSchool }, async ({ window, prepared }) => {
  await window.signIn("demo", prepared.password);
  const { school, one } = await place(window);
  await window.go(`/attendance/${one.id}?date=${schoolDayBefore(school.today)}`);
  const cell = By.css("[role=grid][aria-label^='Register of'] [role=row][data-body]");
  await window.visible(cell);
  const pressed = async () =>
    window.script(
      "return [...document.querySelectorAll('[role=grid][aria-label^=\"Register of\"] [role=row][data-body]')].slice(0, 2).map((row) => row.querySelector('[aria-pressed=true]')?.textContent.trim() ?? '')",
    );
  const before = await pressed();
  await window.until(
    async () => (await window.script("return document.activeElement.getAttribute('role')")) === "row",
    "the register does not take the focus",
  );
  await window.press(before[0].startsWith("A") ? "l" : "a");
  await window.visible(By.xpath("//*[@role='status'][normalize-space()='Saved']"));
  await window.until(async () => (await pressed())[0] !== before[0], "the code was not written");
  await window.chord(Key.CONTROL, "z");
  await window.until(async () => (await pressed())[0] === before[0], "the code was not taken back");
});
