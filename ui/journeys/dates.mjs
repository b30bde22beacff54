// Dates as people type them: in the first run, by the order that is chosen there, and in the student form.
import assert from "node:assert/strict";
import { journey } from "./lib/journey.mjs";
import { openSchool } from "./lib/opening.mjs";
import { By, Key } from "./lib/window.mjs";

/** Types over what is in a date field, key by key; resolves with the day that it means and what stands in it. */
async function typeDate(window, label, text) {
  const field = await window.field(label);
  await field.click();
  await window.chord(Key.CONTROL, "a");
  await window.press(Key.BACK_SPACE);
  await window.type(text, 20);
  await window.press(Key.TAB);
  return {
    day: await field.getAttribute("data-day"),
    text: await field.getAttribute("value"),
    beside: await window.script("return arguments[0].closest('.mantine-TextInput-root').innerText", field),
  };
}

async function meant(window, label, text, day, words) {
  const found = await typeDate(window, label, text);
  assert.equal(found.day, day, `${text} in ${label}`);
  assert.equal(found.text, text, "what was typed was changed");
  assert.ok(found.beside.includes(words), `${found.beside} does not say ${words}`);
}

async function refused(window, label, text, sentence) {
  const found = await typeDate(window, label, text);
  assert.deepEqual([found.day, found.text], ["", text]);
  assert.ok(found.beside.includes(sentence), found.beside);
}

/** The days of the academic year, typed in many ways; at the end it lasts from 7 September to 15 July. */
async function datesOfYear(window) {
  for (const [text, day, words] of [
    ["13/9/2026", "2026-09-13", "13 Sep 2026"],
    ["7.9.2026", "2026-09-07", "7 Sep 2026"],
    ["01/09/2026", "2026-09-01", "1 Sep 2026"],
    ["07092026", "2026-09-07", "7 Sep 2026"],
    ["1 September 2026", "2026-09-01", "1 Sep 2026"],
  ]) {
    await meant(window, "First day", text, day, words);
  }
  await refused(window, "First day", "31/9/2026", "There is no such day");
  await window.click("Next");
  assert.ok(
    await window.isVisible(By.xpath("//label[contains(., 'Academic year')]")),
    "a year without a first day was taken",
  );
  await meant(window, "First day", "7.9.2026", "2026-09-07", "7 Sep 2026");
  await meant(window, "Last day", "15/7/27", "2027-07-15", "15 Jul 2027");
  // The terms that nobody typed follow the year.
  const terms = await window.script(
    "return [...document.querySelectorAll('input[data-day]')].map((one) => one.dataset.day).slice(2)",
  );
  assert.deepEqual([terms.at(0), terms.at(-1), terms.length], ["2026-09-07", "2027-07-15", 6]);
}

journey("Dates are read as the school writes them", {}, async ({ window }) => {
  await openSchool(window, {
    onSchool: () => window.select("Order of day and month", "Day first: 31/12/2026, 31 Dec 2026"),
    onYear: () => datesOfYear(window),
  });

  // The student form.
  await window.go("/students/new");
  await window.fill("Given name", "Mina");
  await window.fill("Family name", "Okonkwo");
  await window.fill("Number", "1001");
  assert.equal((await typeDate(window, "Date of birth", "")).text, "", "an empty field looks like a value");
  await meant(window, "Date of birth", "14/05/2014", "2014-05-14", "14 May 2014");
  await meant(window, "Date of birth", "05142014", "2014-05-14", "14 May 2014");
  await refused(window, "Date of birth", "14/5", "The year is missing");
  await window.click("Add the student");
  await window.visible(By.css("[role=dialog] [aria-invalid=true]"));
  for (const [text, sentence] of [
    ["14/05/1907", "goes to school: check the date"],
    ["14/05/2112", "Give a date in the past"],
    ["14/05/1984", "Is the date right?"],
  ]) {
    await typeDate(window, "Date of birth", text);
    await window.click("Add the student");
    await window.text(sentence);
  }

  // The calendar by keyboard: Escape closes it, not the form beneath.
  const field = await window.field("Date of birth");
  await typeDate(window, "Date of birth", "14/05/2014");
  await field.click();
  await window.press(Key.ARROW_DOWN);
  await window.until(
    async () =>
      (await window.script("return document.activeElement.getAttribute('aria-label') ?? ''")).startsWith("14 May 2014"),
    "the calendar has no focus",
  );
  await window.press(Key.ESCAPE);
  await window.gone(By.css("[role=group][aria-label=Calendar]"));
  assert.ok(await window.isVisible(By.css("[role=dialog]")), "Escape closed the form");
  await window.until(
    () => window.script("return document.activeElement === arguments[0]", field),
    "the focus does not come back",
  );
  await window.press(Key.ARROW_DOWN);
  await window.until(
    async () =>
      (await window.script("return document.activeElement.getAttribute('aria-label') ?? ''")).startsWith("14 May 2014"),
    "the calendar has no focus",
  );
  await window.press(Key.ARROW_RIGHT);
  await window.press(Key.ENTER);
  await window.until(async () => (await field.getAttribute("data-day")) === "2014-05-15", "the day is not chosen");
  await window.click("Add the student");
  await window.gone(By.css("[role=dialog]"));
  await window.text("15 May 2014");
});
