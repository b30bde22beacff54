// The mother calls: the child will not be there until Friday. The absence is entered by keyboard, stands in the register before
// it is taken and after, is changed, and the first entry stays beside it. Then it snows, and there is no register to take.
import assert from "node:assert/strict";
import { demoSchool, journey, toDemoSchool } from "./lib/journey.mjs";
import { By, Key, quoted } from "./lib/window.mjs";

const rowOf = (name) => By.css(`[role=grid] [role=row][data-body][aria-label=${quoted(name)}]`);

journey(
  "An absence known ahead is entered, stands in the register, is changed with its first entry kept; snow closes the school",
  { prepare: demoSchool },
  async ({ window, prepared }) => {
    await window.signIn("demo", prepared.password);
    const school = await toDemoSchool(window, prepared);
    const classes = await window.call("classes.list_classes", { school: school.id });
    const homeroom = classes.find(({ title }) => title === prepared.class);
    const { rows } = await window.call("people.list_students", { school: school.id, class: homeroom.id, limit: 50 });
    const child = await window.call("people.student", { student: rows[0].id });
    const name = `${child.givenName} ${child.familyName}`;
    // The register of today is empty again, whatever the demo has taken.
    const of = { class: homeroom.id, date: school.today, lesson: 0, evenIfNoSchool: true };
    const open = await window.call("attendance.register", of);
    const written = open.students.filter(({ mark }) => mark !== null);
    if (written.length > 0)
      await window.call("attendance.record_attendance", {
        ...of,
        marks: written.map(({ student, mark }) => ({ student, code: null, seenVersion: mark.version })),
      });

    const begun = performance.now();
    await window.go(`/students/${child.id}`);
    await window.visible(By.xpath(`//main//aside//h3[normalize-space()='Absence known ahead']`));
    await window.chord(Key.CONTROL, Key.SHIFT, "a");
    await window.visible(By.css("[role=dialog] input[data-day]"));
    await window.fill("Reason", "fever");
    await window.fill("Said by", "the mother");
    await window.press(Key.ENTER);
    await window.text("entered.");
    console.log(`Absence entered: ${((performance.now() - begun) / 1000).toFixed(1)} s`);

    // In the register before it is taken, and written down by taking it.
    await window.go(`/attendance/${homeroom.id}`);
    const row = await window.visible(rowOf(name));
    assert.match(await row.getText(), /Known ahead: fever/);
    await window.click("All present");
    await window.visible(By.css(`[role=row][aria-label=${quoted(name)}] [aria-pressed=true][title^=Excused]`));
    const taken = await window.call("attendance.register", of);
    assert.equal(taken.counts.excused, 1);
    assert.equal(taken.counts.present, taken.students.length - 1);

    // The office corrects the reason: the register follows, and the first entry is kept.
    await window.go(`/students/${child.id}`);
    await window.tap(By.css("aside button[aria-label^='Change the absence of']"));
    await window.fill("Reason", "hospital");
    await window.press(Key.ENTER);
    await window.text("1 register that was taken follows.");
    const days = await window.call("attendance.attendance_history", { student: child.id, from: school.today });
    assert.deepEqual(
      days.rows[0].changes.map(({ reason }) => reason),
      ["hospital", "fever"],
    );

    // Snow: no register of today is opened, and today's entry does not count.
    await window.go("/settings/calendar");
    await window.visible(By.xpath("//main//h2[normalize-space()='Calendar']"));
    await window.chord(Key.CONTROL, "n");
    await window.visible(By.css("[role=dialog]"));
    await window.tap(By.xpath("//*[@role='dialog']//label[normalize-space()='Closure']"));
    await window.fill("Name", "Snow");
    await window.fill("First day", "today");
    await window.press(Key.ENTER);
    await window.text("1 register taken on these days counts no more.");
    const summary = await window.call("attendance.attendance_summary", { student: child.id, days: 1 });
    assert.equal(summary.recently.counts.excused, 0);
    const others = classes.filter(({ kind, id }) => kind === "homeroom" && id !== homeroom.id);
    await window.go(`/attendance/${others[0].id}`);
    await window.text("The school is closed: Snow.");
  },
);
