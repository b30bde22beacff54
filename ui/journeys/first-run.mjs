// From an empty folder to a printed report card, all of it in the window.
import assert from "node:assert/strict";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { journey } from "./lib/journey.mjs";
import { openSchool } from "./lib/opening.mjs";
import { addAssessment, readColumn, saved, toCell } from "./lib/sheet.mjs";
import { By, Key, run } from "./lib/window.mjs";

const roster = `Student number,Given name,Family name,Name in own script,Date of birth,Class,Guardian name,Guardian phone
1001,Amelia,Hughes,,2014-03-02,7B,Rose Hughes,+44 20 7946 0101
1002,Arjun,Sharma,अर्जुन शर्मा,2014-07-19,7B,Meera Sharma,+91 11 2345 6789
1003,Layla,Haddad,ليلى حداد,2013-11-30,7B,Omar Haddad,+961 1 234 567
1004,Noah,Becker,,2014-01-09,7B,Jonas Becker,+49 30 901820
1005,Zoë,O'Brien,,2014-05-23,7B,Aoife O'Brien,+353 1 234 5678
1006,Mateo,Núñez,,2014-09-14,7B,Lucía Núñez,+34 91 123 45 67
`;

/** Marks of the two assessments, in any order of names. */
const pasted = {
  Amelia: ["17.5", "38"],
  Arjun: ["19", "41.25"],
  Layla: ["16", "36.5"],
  Noah: ["12.25", "29"],
  Zoë: ["14", "33"],
  Mateo: ["11.75", "27"],
};

journey("First run, import, marks pasted, report cards saved", {}, async ({ window, folder }) => {
  await openSchool(window);

  // The import: dry run, then all of it.
  const file = path.join(folder, "class list.csv");
  writeFileSync(file, roster);
  await window.tap(By.xpath("//button[.//*[normalize-space()='Import students']]"));
  await window.choose(file);
  await window.text("Which column holds what?");
  await window.click("Check the rows");
  await window.text("This would happen");
  assert.match(await window.script("return document.querySelector('main').innerText"), /Students\s+6\s/);
  await window.click("Import");
  await window.text("The import is done");
  await window.click("Open the students");
  for (const name of ["अर्जुन शर्मा", "ليلى حداد"]) await window.text(name);

  // What is taught: a subject, and a course of the imported class.
  await window.go("/settings/subjects");
  await window.click("New subject");
  await window.fill("Subject", "Mathematics");
  await window.press(Key.ENTER);
  await window.gone(By.css("[role=dialog]"));
  await window.go("/classes");
  await window.lead(
    By.xpath("//*[@role='row'][.//strong[normalize-space()='7B']]"),
    By.xpath("//*[@role='tab'][normalize-space()='Courses (0)']"),
  );
  await window.click("Courses (0)");
  await window.click("Add a course");
  await window.select("Subject", "Mathematics");
  await window.tap(By.css("[role=dialog] button[type=submit]"));
  await window.gone(By.css("[role=dialog]"));
  await window.click("Marks of Mathematics");

  // Two assessments, and their marks as a block out of a spreadsheet.
  await addAssessment(window, { title: "Fractions test", maximum: "20", category: "Tests", weight: "60" });
  await addAssessment(window, { title: "Project", maximum: "45" });
  const names = (await readColumn(window, "Project")).map(([name]) => name);
  assert.equal(names.length, 6);
  const marksOf = (name) => Object.entries(pasted).find(([given]) => name.includes(given))[1];
  await window.copy(names.map((name) => marksOf(name).join("\t")).join("\r\n"));
  await toCell(window, names[0], "Fractions test");
  await window.chord(Key.CONTROL, "v");
  await window.until(
    async () => (await readColumn(window, "Project")).every(([, text]) => text !== ""),
    "the block was not pasted",
  );
  await saved(window);
  assert.deepEqual(
    await readColumn(window, "Fractions test"),
    names.map((name) => [name, marksOf(name)[0]]),
  );
  assert.deepEqual(
    await readColumn(window, "Project"),
    names.map((name) => [name, marksOf(name)[1]]),
  );

  // The report cards.
  await window.go("/reports");
  await window.click("Make all cards");
  await window.click("Make 6 cards");
  await window.text("6 cards, 6 pages.");
  await window.tap(By.xpath("//*[@role='dialog']//button[normalize-space()='Save']"));
  await window.text("Saved");
  const documents = path.join(folder, "documents");
  await window.until(
    () => existsSync(documents) && readdirSync(documents).some((name) => name.endsWith(".pdf")),
    "no PDF in the folder for documents",
  );
  const pdf = readdirSync(documents).find((name) => name.endsWith(".pdf"));
  const text = await run("pdftotext", ["-layout", path.join(documents, pdf), "-"]);
  for (const found of ["Elm Grove School", "Amelia", "Hughes", "Mathematics", "अर्जुन शर्मा"])
    assert.ok(text.includes(found), `${found} is not on the report cards:\n${text}`);
  // 17.5 of 20 and 38 of 45, both in the only category: (17.5 + 38) / 65 = 85.4 %, or the mean of the shares, 86.0 %.
  assert.match(text, /8[56]\.\d/, "Amelia's mark is not on her card");
});
