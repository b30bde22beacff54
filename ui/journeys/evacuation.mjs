// The alarm: whoever is at a desk has the list of everybody on site on paper, by keyboard. Keys and seconds are counted.
import assert from "node:assert/strict";
import { copyFileSync, readFileSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { demoSchool, journey, toDemoSchool } from "./lib/journey.mjs";
import { By, Key } from "./lib/window.mjs";

/** The documents that the program shows in other programs now. */
const shown = () =>
  readdirSync(tmpdir())
    .filter((name) => name.startsWith("homeroom-for-a-while-"))
    .flatMap((folder) =>
      readdirSync(path.join(tmpdir(), folder))
        .filter((name) => name.startsWith("Who-is-here") && name.endsWith(".pdf"))
        .map((name) => path.join(tmpdir(), folder, name)),
    );

journey(
  "The alarm: everybody on site is on paper within seconds, and who is away is not looked for",
  { prepare: demoSchool },
  async ({ window, prepared }) => {
    await window.signIn("demo", prepared.password);
    const school = await toDemoSchool(window, prepared);
    const classes = await window.call("classes.list_classes", { school: school.id, kind: "homeroom" });
    const homeroom = classes.find(({ title }) => title === prepared.class);
    const { rows } = await window.call("people.list_students", { school: school.id, class: homeroom.id, limit: 50 });
    const codes = await window.call("schools.list_attendance_codes", { school: school.id });
    const of = { class: homeroom.id, date: school.today, lesson: 0, evenIfNoSchool: true };
    const open = await window.call("attendance.register", of);
    const absent = codes.find(({ meaning }) => meaning === "absent").id;
    const marks = rows.slice(0, 2).map(({ id }) => ({
      student: id,
      code: absent,
      seenVersion: open.students.find(({ student }) => student === id)?.mark?.version ?? null,
    }));
    await window.call("attendance.record_attendance", { ...of, marks });

    const before = new Set(shown());
    const begun = performance.now();
    await window.go("/today");
    await window.chord(Key.CONTROL, "k");
    await window.visible(By.css("input[aria-label='Search or do']"));
    await window.driver.actions().sendKeys("fire").perform();
    await window.text("Who is here now");
    await window.press(Key.ENTER);
    await window.visible(By.css("main [role=row][data-body]"));
    await window.text("2 away");
    for (let step = 0; step < 40; step += 1) {
      if ((await window.script("return document.activeElement?.innerText?.trim() ?? ''")) === "Print for counting")
        break;
      await window.press(Key.TAB);
    }
    await window.press(Key.ENTER);
    const made = await window.until(() => shown().find((file) => !before.has(file)), "nothing is on paper");
    console.log(`Everybody on site on paper: ${((performance.now() - begun) / 1000).toFixed(1)} s`);
    assert.equal(readFileSync(made).subarray(0, 5).toString(), "%PDF-");
    if (process.env.KEEP_PAPER !== undefined) copyFileSync(made, process.env.KEEP_PAPER);
    const here = await window.call("attendance.here_now", { school: school.id });
    const paper = await window.call("attendance.print_here_now", { school: school.id });
    assert.equal(paper.rows, here.here + here.unknown, "whoever is away is not on it");
  },
);
