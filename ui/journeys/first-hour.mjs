// The first hour of a school by the checklist on Today: after the import each step opens its place, and the list goes when
// all of it is done.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { journey } from "./lib/journey.mjs";
import { openSchool } from "./lib/opening.mjs";
import { addAssessment } from "./lib/sheet.mjs";
import { By, Key } from "./lib/window.mjs";

const roster = `Student number,Given name,Family name,Class,Guardian name,Guardian phone
1001,Amelia,Hughes,7A,Rose Hughes,+44 20 7946 0101
1002,Arjun,Sharma,7A,Meera Sharma,+91 11 2345 6789
1003,Layla,Haddad,7B,Omar Haddad,+961 1 234 567
1004,Noah,Becker,7B,Jonas Becker,+49 30 901820
`;

const main = "return document.querySelector('main').innerText";
const button = (label) => By.xpath(`//button[normalize-space()='${label}' or @aria-label='${label}']`);

/** The steps of the list with whether they are done. */
const steps = (window) =>
  window.script(
    "return Object.fromEntries([...document.querySelectorAll('[data-step]')].map((step) => [step.dataset.step, step.dataset.done === 'true']))",
  );

async function onToday(window, expected) {
  await window.go("/today");
  await window.until(
    async () => {
      const now = await steps(window);
      return Object.keys(expected).every((step) => now[step] === expected[step]);
    },
    `the steps are not ${JSON.stringify(expected)}`,
  );
}

const open = async (window, step) => {
  await window.tap(button(`${step}: open`));
};

journey("The first hour by the checklist on Today", {}, async ({ window, folder }) => {
  await openSchool(window);

  const file = path.join(folder, "class list.csv");
  writeFileSync(file, roster);
  await window.tap(By.xpath("//button[.//*[normalize-space()='Import students']]"));
  await window.choose(file);
  await window.text("Which column holds what?");
  await window.click("Check the rows");
  await window.text("This would happen");
  await window.click("Import");
  await window.text("The import is done");

  // What is there is ticked, what is lacking is told, and the import is among the newest changes.
  await onToday(window, {
    students: true,
    subjects: false,
    accounts: false,
    courses: false,
    assessment: false,
    card: false,
  });
  await window.text("Newest changes");
  assert.doesNotMatch(await window.script(main), /Nothing was changed|Nobody has changed/);

  // Places that are empty say what is missing and lead there.
  await window.go("/marks");
  await window.text("No course in this term yet");
  assert.doesNotMatch(await window.script(main), /ask your office/i);
  await window.click("Open the classes");
  await window.lead(
    By.xpath("//*[@role='row'][.//strong[normalize-space()='7A']]"),
    By.xpath("//*[@role='tab'][normalize-space()='Courses (0)']"),
  );
  await window.click("Courses (0)");
  await window.click("Add several");
  await window.text("The school has no subjects yet.");
  await window.click("Add subjects");

  for (const title of ["Mathematics", "Art", "Music"]) {
    await window.tap(button("New subject"));
    await window.fill("Subject", title);
    await window.press(Key.ENTER);
    await window.gone(By.css("[role=dialog]"));
  }

  // A member of staff, and the account from the record: the first password is shown once.
  await onToday(window, { subjects: true, accounts: false });
  await open(window, "Accounts for the staff");
  await window.tap(button("New member of staff"));
  await window.fill("Given name", "Bea");
  await window.fill("Family name", "Marlow");
  await window.tap(By.css("[role=dialog] button[type=submit]"));
  await window.click("Make an account");
  await window.until(
    async () => (await (await window.field("User name")).getAttribute("value")) === "bea.marlow",
    "no user name is proposed",
  );
  await window.click("Make the account");
  const password = await window.until(
    async () => (await (await window.field("Password, for once")).getAttribute("value")) || false,
    "no password is shown",
  );
  assert.match(password, /^[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}$/);
  await window.click("Done");
  await window.gone(By.css("[role=dialog]"));

  // Three subjects for both classes in one step.
  await onToday(window, { accounts: true, courses: false });
  await open(window, "Courses");
  await window.lead(
    By.xpath("//*[@role='row'][.//strong[normalize-space()='7A']]"),
    By.xpath("//*[@role='tab'][starts-with(normalize-space(), 'Courses')]"),
  );
  await window.click("Courses (0)");
  await window.click("Add several");
  for (const title of ["Mathematics", "Art", "Music"]) await window.turn(title, true);
  assert.match(await window.select("Teachers of Mathematics"), /Marlow/);
  await window.press(Key.TAB);
  await window.select("Also for these classes", "7B");
  await window.press(Key.TAB);
  await window.tap(By.css("[role=dialog] button[type=submit]"));
  await window.text("6 courses added");
  await window.gone(By.css("[role=dialog]"));

  await onToday(window, { courses: true, assessment: false });
  await open(window, "First assessment");
  await window.tap(By.xpath("//*[@role='row'][.//strong[normalize-space()='7A']][contains(., 'Mathematics')]"));
  await window.text("Mathematics, 7A");
  await addAssessment(window, { title: "Fractions test", maximum: "20", category: "Tests", weight: "60" });

  await onToday(window, { assessment: true, card: false });
  await open(window, "First report card");
  await window.click("Make all cards");
  await window.click("Make 2 cards");
  await window.text("2 cards,");
  await window.go("/today");
  await window.until(async () => Object.keys(await steps(window)).length === 0, "the list stays although all is done");

  // The person with the new account signs in once and has to choose another password.
  await window.click("You and this window");
  await window.click("Sign out");
  await window.fill("User name", "bea.marlow");
  await window.fill("Password", password);
  await window.press(Key.ENTER);
  await window.text("Choose your own password");
});
