// Text at 200 %: the register taken, marks typed and report cards made by keyboard alone, nothing over anything
// else on any screen, and the size is kept on the computer.
import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { faults } from "./lib/faults.mjs";
import { demoSchool, journey } from "./lib/journey.mjs";
import { places } from "./lib/places.mjs";
import { addAssessment, readColumn, saved } from "./lib/sheet.mjs";
import { By, Key, quoted } from "./lib/window.mjs";

const size = (window) => window.script("return Number.parseFloat(getComputedStyle(document.documentElement).fontSize)");

/** Makes the text as large as this is about; also before anybody is signed in. */
async function enlarge(window) {
  await window.visible(By.css("input"));
  const usual = await size(window);
  // A press before the window listens is lost.
  for (let step = 0; step < 40 && (await size(window)) < 2 * usual; step += 1) await window.chord(Key.CONTROL, "=");
}

/** What has the focus, as a person would name it. */
const focused = (window) =>
  window.script(
    "const at = document.activeElement; return (at.labels?.[0]?.innerText ?? at.getAttribute('aria-label') ?? at.innerText ?? '').trim()",
  );

/** What has the focus is seen: all of a button or a field, a part of what scrolls. */
const inSight = (window) =>
  window.script(`
  const at = document.activeElement;
  const shown = at.type === "radio" ? at.labels[0] : at;
  const { left, right, top, bottom } = shown.getBoundingClientRect();
  const middle = (left + right) / 2;
  const seen = [1, 3, 5, 7, 9].map((part) => top + (bottom - top) * part / 10).map((y) => shown.contains(document.elementFromPoint(middle, y)));
  return bottom - top > 200 ? seen.includes(true) : !seen.includes(false) && left > -1 && right < innerWidth + 1;
`);

/** Moves the focus with Tab to what is called so, or to the first that is of a kind. */
async function tabTo(window, name, tag) {
  for (let step = 0; step < 60; step += 1) {
    const [now, is] = [await focused(window), await window.script("return document.activeElement.tagName")];
    if (tag === undefined ? now.split("\n")[0] === name : is === tag) {
      await window.until(() => inSight(window), `${now} has the focus and is not seen`);
      return now;
    }
    await window.press(Key.TAB);
  }
  throw new Error(`Tab does not lead to ${name ?? tag}`);
}

journey(
  "Register and marks by keyboard at 200 % text: nothing overlaps, nothing is out of reach, the size is kept",
  { prepare: demoSchool },
  async ({ window: first, prepared, reopen }) => {
    let window = first;
    const usual = await size(window);
    await enlarge(window);
    assert.equal(await size(window), 2 * usual);
    window = await reopen((open) => open.closeByButton());
    await window.visible(By.css("input"));
    assert.equal(await size(window), 2 * usual, "the size is kept");
    await window.signIn("demo", prepared.password);

    const list = async (place, sign) => {
      await window.go(place);
      await window.until(
        () => window.script("return document.activeElement.getAttribute('role') === 'grid'"),
        `the list of ${place} does not take the keys`,
      );
      assert.deepEqual(await faults(window), [], place);
      await window.press("j", Key.ENTER);
      await window.visible(By.css(sign));
    };
    await list("/attendance", "[role=grid][aria-label^='Register of']");
    await window.until(
      () => window.script("return document.activeElement.getAttribute('role') === 'row'"),
      "the register does not take the focus",
    );
    await window.press("a", "p");
    await window.chord(Key.CONTROL, Key.ENTER);
    await window.until(
      () =>
        window.script(
          "return document.querySelectorAll('[role=row][data-body]:not(:has([aria-pressed=true]))').length === 0",
        ),
      "not everybody has a code",
    );
    await saved(window);
    assert.deepEqual(await faults(window), [], "register");
    await window.press("?");
    await window.visible(By.xpath(`//*[@role='dialog'][.//*[normalize-space()=${quoted("Keys of this screen")}]]`));
    await window.press(Key.ESCAPE);
    await window.gone(By.css("[role=dialog]"));

    await list("/marks", "[role=grid][aria-label^='Marks of']");
    await addAssessment(window, { title: "Large", maximum: "20" });
    await window.until(
      () =>
        window.script(
          "return document.activeElement.getAttribute('role') === 'grid' && document.querySelector('[role=columnheader][data-active]')?.title === 'Large'",
        ),
      "the cursor does not go to the new assessment",
    );
    await window.press("1", "1", Key.ENTER, "1", "2", Key.ENTER);
    await saved(window);
    assert.deepEqual(
      (await readColumn(window, "Large")).slice(0, 2).map(([, mark]) => mark),
      ["11", "12"],
    );
    assert.deepEqual(await faults(window), [], "mark sheet");
    await window.press("?");
    await window.visible(By.css("[role=dialog]"));
    await window.press(Key.ESCAPE);
    await window.chord(Key.CONTROL, "0");
    assert.equal(await size(window), usual, "Ctrl 0 brings the usual size back");
  },
);

const comments = (window) =>
  window.script(
    "return [...document.querySelectorAll('main textarea:not([aria-hidden])')].map((field) => field.value)",
  );
const chosenCard = (window) =>
  window.script(
    "return [...document.querySelectorAll('main [role=option]')].findIndex((one) => one.getAttribute('aria-selected') === 'true')",
  );

journey(
  "Report cards by keyboard at 200 % text: class, readiness, comments down the class, page, all cards made and saved",
  { prepare: demoSchool },
  async ({ window, prepared, folder }) => {
    await enlarge(window);
    await window.signIn("demo", prepared.password);
    await window.go("/reports");
    await window.visible(By.css("main canvas"));
    assert.deepEqual(await faults(window), [], "a card's page");

    // Another class.
    await tabTo(window, "Class");
    await window.press(Key.ARROW_DOWN);
    const title = await window.until(
      () =>
        window.script(
          "return [...document.querySelectorAll('[role=option]')].filter((one) => one.closest('main') === null && one.getClientRects().length > 0)[1]?.innerText.trim() ?? ''",
        ),
      "there is no other class",
    );
    await window.until(async () => {
      if (
        (await window.script(
          "return document.querySelector('[role=option][data-combobox-selected]')?.innerText.trim()",
        )) === title
      )
        return true;
      await window.press(Key.ARROW_DOWN);
      return false;
    }, `the keys do not come to ${title}`);
    await window.press(Key.ENTER);
    await window.until(
      async () => (await (await window.field("Class")).getAttribute("value")) === title,
      `${title} is not chosen`,
    );
    await window.gone(By.css("main [role=status][aria-label=Loading]"));

    // What is to be done: a step shows who lacks it, and all of them again.
    const listed = () =>
      window.script(
        "return document.querySelector('main [data-tab][aria-busy=false]')?.querySelectorAll('[role=listbox] [role=option]').length ?? 0",
      );
    const all = await window.until(listed, "the other class is not listed");
    await tabTo(window, "1. Marks");
    await window.press(Key.SPACE);
    await window.visible(By.css("main [aria-pressed=true]"));
    await window.until(async () => (await listed()) < all, "the step shows everybody");
    assert.deepEqual(await faults(window), [], "who lacks marks");
    await window.press(Key.SPACE);
    await window.until(async () => (await listed()) === all, "not everybody is shown again");

    // The list of students, and the page beside it.
    await tabTo(window, "Students");
    await window.press(Key.ARROW_DOWN, Key.ARROW_DOWN);
    await window.until(async () => (await chosenCard(window)) === 2, "the third student is not chosen");
    await window.visible(By.css("main canvas"));
    await tabTo(window, "Page");
    await window.press(Key.TAB, Key.TAB);
    assert.equal(await window.script("return document.activeElement.getAttribute('role')"), "document");
    await window.press(Key.PAGE_DOWN);
    await window.until(() => window.script("return document.activeElement.scrollTop > 0"), "the page is not scrolled");

    // Comments down the class.
    await window.chord(Key.SHIFT, Key.TAB);
    await window.chord(Key.SHIFT, Key.TAB);
    await window.press(Key.ARROW_RIGHT);
    await window.until(async () => (await focused(window)) === "Comments", "the focus is lost with the page");
    await window.visible(By.css("main textarea"));
    assert.deepEqual(await faults(window), [], "the comments on one student");
    await window.press(Key.ARROW_RIGHT);
    await window.until(
      async () => (await focused(window)) === "Down the class",
      "the focus is lost with the comments on one student",
    );
    await tabTo(window, undefined, "TEXTAREA");
    const seen = [await focused(window)];
    await window.type("Works well.", 20);
    await window.chord(Key.ALT, Key.ARROW_DOWN);
    seen.push(await focused(window));
    assert.notEqual(seen[0], seen[1], "the same student again");
    await window.until(() => inSight(window), "the next comment is not seen");
    await window.type("Reads much.", 20);
    await window.until(
      async () => /Saved/.test(await window.script("return document.activeElement.closest('[data-column]').innerText")),
      "the comment is not saved",
    );
    assert.deepEqual((await comments(window)).slice(0, 2), ["Works well.", "Reads much."]);
    assert.deepEqual(await faults(window), [], "comments down the class");

    // All cards: made, and saved with the next key.
    await window.chord(Key.CONTROL, "p");
    await window.until(async () => /^Make \d+ cards$/.test(await focused(window)), "the button has no focus");
    assert.deepEqual(await faults(window), [], "before the cards are made");
    await window.press(Key.ENTER);
    await window.until(
      async () => (await focused(window)) === "Save",
      "the cards are made, and the next key is for nothing",
    );
    assert.deepEqual(await faults(window), [], "the cards are made");
    await window.press(Key.ENTER);
    await window.text("Saved");
    await window.until(
      () =>
        existsSync(path.join(folder, "documents")) &&
        readdirSync(path.join(folder, "documents")).some((name) => name.endsWith(".pdf")),
      "no PDF in the folder for documents",
    );
  },
);

journey(
  "Nothing overlaps and nothing is out of reach at 200 % text on any screen",
  { prepare: demoSchool },
  async ({ window, prepared }) => {
    await enlarge(window);
    assert.deepEqual(await faults(window), [], "sign-in");
    await window.signIn("demo", prepared.password);
    const {
      schools: [school],
    } = await window.call("accounts.whoami", {});
    const { id: inClass } = (await window.call("classes.list_classes", { school: school.id })).find(
      ({ students }) => students > 5,
    );
    const {
      rows: [{ id: student }],
    } = await window.call("people.list_students", { school: school.id, class: inClass, limit: 1 });
    const [{ course }] = await window.call("gradebook.courses_for_marks", {
      school: school.id,
      term: school.currentTerm ?? school.terms[0].id,
    });
    const parts = [
      "writing",
      "years",
      "subjects",
      "grades",
      "attendance",
      "marks",
      "reports",
      "faces",
      "data",
      "about",
    ];
    const all = [
      ...places({ "/attendance/$class": inClass, "/marks/$course": course, "/faces/$student": student }),
      ...parts.map((part) => `/settings/${part}`),
      `/students/${student}`,
      `/classes/${inClass}`,
      `/classes/${inClass}?tab=courses`,
      `/marks/${course}?pane=columns`,
      `/attendance/${inClass}?camera=true`,
      `/attendance/${inClass}?student=${student}`,
      "/attendance?view=absent",
      "/attendance?view=summary",
      "/analytics?view=risk",
      "/analytics?view=school",
      "/students/new",
      "/staff/new",
      "/classes/new",
      "/users/new",
    ];
    const found = [];
    for (const place of all) {
      await window.go("/nowhere");
      await window.text("There is no such place");
      await window.go(place);
      await window.gone(By.xpath("//*[contains(text(), 'There is no such place')]"));
      await window.visible(By.css("main h1, main h2"));
      await window.gone(By.css("main [role=status][aria-label=Loading]"));
      await window.driver.executeAsyncScript(
        "requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(arguments[0], 0)))",
      );
      found.push(...(await faults(window)).map((fault) => `${place}: ${fault}`));
      if (await window.isVisible(By.css("[role=dialog]"))) {
        await window.press(Key.ESCAPE);
        await window.gone(By.css("[role=dialog]"));
      }
    }
    assert.deepEqual(found, []);
  },
);
