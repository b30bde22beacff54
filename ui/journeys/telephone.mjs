// The telephone rings: a name typed to the child's class, today's attendance and whom to call on the screen, from
// wherever the office is at that moment. Keys and seconds are counted and printed.
import assert from "node:assert/strict";
import { demoSchool, journey, toDemoSchool } from "./lib/journey.mjs";
import { By, Key, quoted } from "./lib/window.mjs";

/** How long a person who types well takes for a key, in milliseconds. */
const aKey = 90;

const field = By.css("input[aria-label='Search or do']");

journey(
  "A child's telephone call is answered: class, attendance and guardians by a name and Enter",
  { prepare: demoSchool },
  async ({ window, prepared }) => {
    await window.signIn("demo", prepared.password);
    const school = await toDemoSchool(window, prepared);
    const classes = await window.call("classes.list_classes", { school: school.id });
    const homeroom = classes.find(({ title }) => title === prepared.class);
    const { rows } = await window.call("people.list_students", { school: school.id, class: homeroom.id, limit: 50 });
    const codes = await window.call("schools.list_attendance_codes", { school: school.id });
    const register = { class: homeroom.id, date: school.today, lesson: 0, evenIfNoSchool: true };
    const asked = [];
    for (const [place, meaning] of ["absent", "late", "present"].entries()) {
      const { id } = rows[place * 3];
      const child = await window.call("people.student", { student: id });
      const code = codes.find((one) => one.meaning === meaning);
      const open = await window.call("attendance.register", register);
      const mark = {
        student: id,
        code: code.id,
        reason: meaning === "absent" ? "fever, the mother called" : null,
        minutesLate: meaning === "late" ? 12 : null,
        seenVersion: open.students.find((row) => row.student === id)?.mark?.version ?? null,
      };
      await window.call("attendance.record_attendance", { ...register, marks: [mark] });
      asked.push({ child, code });
    }

    const places = ["/today", "/students", `/classes/${homeroom.id}`];
    let keys = 0;
    let seconds = 0;
    for (const [place, { child, code }] of asked.entries()) {
      await window.go(places[place]);
      await window.visible(By.css("main h1, main [role=grid]"));
      const begun = performance.now();
      const letters = [...`${child.familyName} ${child.givenName.slice(0, 2)}`];
      await window.driver.actions().keyDown(Key.CONTROL).sendKeys("k").keyUp(Key.CONTROL).perform();
      await window.visible(field);
      let typed = window.driver.actions();
      for (const letter of letters) typed = typed.sendKeys(letter).pause(aKey);
      await typed.sendKeys(Key.ENTER).perform();
      const name = [child.givenName, child.familyName].join(" ");
      const pane = `//main//aside[contains(@aria-label, ${quoted(child.familyName)})]`;
      await window.visible(By.xpath(pane));
      // What the caller asks: is the child there, in which class, and whom does one call.
      const onPane = (text) => By.xpath(`${pane}//*[normalize-space(text())=${quoted(text)}]`);
      await window.visible(onPane(code.title));
      await window.visible(onPane(prepared.class));
      for (const guardian of child.guardians.filter((one) => !one.noAccess && one.phone !== null))
        await window.visible(onPane(guardian.phone));
      const took = (performance.now() - begun) / 1000;
      const used = letters.length + 2;
      console.log(`a telephone call about ${name}: ${used} keys, ${took.toFixed(1)} s`);
      keys += used;
      seconds += took;
      const within = await window.script(
        `const pane = arguments[0].getBoundingClientRect(); const seen = [...arguments[0].querySelectorAll("*")].filter((one) => one.children.length === 0 && [arguments[1], ...arguments[2]].includes(one.textContent.trim())); return seen.every((one) => one.getBoundingClientRect().bottom <= window.innerHeight && pane.height > 0);`,
        await window.find(By.xpath(pane)),
        code.title,
        child.guardians.map(({ phone }) => phone ?? ""),
      );
      assert.ok(within, "an answer lies below the edge of the window");
    }
    console.log(`${asked.length} telephone calls: ${keys} keys, ${seconds.toFixed(1)} s in all`);
    assert.ok(keys <= 25 * asked.length, "a call takes too many keys");
  },
);
