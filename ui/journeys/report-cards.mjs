// Comments written down the class by keyboard, kept at once, and what the steps say about them.
import assert from "node:assert/strict";
import { demoSchool, journey } from "./lib/journey.mjs";
import { By, Key } from "./lib/window.mjs";

const fields = By.css("main textarea:not([aria-hidden])");
const texts = (window) =>
  window.script(
    "return [...document.querySelectorAll('main textarea:not([aria-hidden])')].map((field) => field.value)",
  );
/** The student whose comment is being typed. */
const typing = (window) =>
  window.script("return document.activeElement.closest('[data-student]')?.dataset.student ?? ''");
const allSaved = (window) =>
  window.until(
    async () =>
      await window.script(
        "return !/Saving|Not saved|…/.test([...document.querySelectorAll('main [role=status]')].map((one) => one.textContent).join(' '))",
      ),
    "a comment is not saved",
  );

journey(
  "Comments are typed down the class without the mouse, and none is lost",
  { prepare: demoSchool },
  async ({ window: first, prepared, reopen }) => {
    let window = first;
    await window.signIn("demo", prepared.password);
    await window.select("School", prepared.school);
    await window.go("/reports?tab=subject");
    await window.visible(fields);
    await window.select("Which comment", "Class teacher");
    const before = await texts(window);
    const written = ["First.", "Second.", "Third.", "Fourth."];
    await window.tap(fields);
    const seen = [];
    for (const [place, text] of written.entries()) {
      seen.push(await typing(window));
      await window.chord(Key.CONTROL, "a");
      await window.type(text, 20);
      // The two keys for the same: one is free where the other is the system's.
      await window.chord(place % 2 === 0 ? Key.ALT : Key.CONTROL, Key.ARROW_DOWN);
    }
    assert.equal(new Set(seen).size, written.length, "each comment is another student's");
    // One up again, and a second paragraph.
    await window.chord(Key.ALT, Key.ARROW_UP);
    assert.equal(await typing(window), seen[3]);
    await window.press(Key.ENTER);
    await window.type("More.", 20);
    await window.chord(Key.ALT, Key.ARROW_UP);
    await allSaved(window);
    const expected = [...written.slice(0, 3), "Fourth.\nMore.", ...before.slice(4)];
    assert.deepEqual(await texts(window), expected);

    // The same key goes on from one student's comments to the next one's.
    await window.go("/reports?tab=comments");
    await window.tap(By.css("[data-column=principal] textarea:not([aria-hidden])"));
    const name = async () =>
      await window.script("return document.querySelector('[role=option][aria-selected=true] .name').textContent");
    const one = await name();
    await window.chord(Key.ALT, Key.ARROW_DOWN);
    await window.until(async () => (await name()) !== one, "the next student is not shown");
    await window.until(
      async () =>
        (await window.script("return document.activeElement.closest('[data-column]')?.dataset.column ?? ''")) ===
        "principal",
      "the cursor is not in the same comment",
    );

    // Closed at once: what was typed is there again.
    window = await reopen((open) => open.closeByButton());
    await window.signIn("demo", prepared.password);
    await window.select("School", prepared.school);
    await window.go("/reports?tab=subject&column=class_teacher");
    await window.until(
      async () => JSON.stringify(await texts(window)) === JSON.stringify(expected),
      "the comments are not as they were typed",
    );
  },
);
