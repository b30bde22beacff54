// The list that a school office keeps in Excel, with a title above it, two guardians and dates in three ways, becomes a
// class list without leaving the window: shown how it was read, one row mended on the spot, nothing thrown away unasked.
import assert from "node:assert/strict";
import path from "node:path";
import { journey } from "./lib/journey.mjs";
import { openSchool } from "./lib/opening.mjs";
import { By, Key } from "./lib/window.mjs";
import { writeWorkbook } from "./lib/workbook.mjs";

const day = (year, month, date) => new Date(Date.UTC(year, month - 1, date));
const rows = [
  ["Elm Grove School: class list 2026/27"],
  [],
  [
    "Adm. No",
    "First Name",
    "Surname",
    "Class",
    "Date of Birth",
    "Father's Name",
    "Father's Phone",
    "Mother's Name",
    "Mother's Phone",
  ],
  [
    1001,
    "Amelia",
    "Hughes",
    "7B",
    day(2014, 3, 2),
    "Tom Hughes",
    "+44 20 7946 0101",
    "Rose Hughes",
    "+44 20 7946 0102",
  ],
  [1002, "Arjun", "Sharma", "7B", "19/07/2014", "Ravi Sharma", "+91 11 2345 6789", "Meera Sharma", ""],
  [1003, "Layla", "Haddad", "7B", "31/02/2014", "Omar Haddad", "+961 1 234 567", "", ""],
  [1004, "Noah", "Becker", "7B", "9 January 2014", "", "", "Eva Becker", "+49 30 901820"],
];

/** Presses or clicks, is asked, and goes on with the import. */
async function asked(window, leave) {
  await leave();
  await window.text("Leave this import?");
  await window.click("Go on with the import");
  await window.gone(By.css("[role=dialog]"));
  await window.text("This would happen");
}

journey("An office's Excel list becomes a class list", {}, async ({ window, folder }) => {
  await openSchool(window);

  const file = path.join(folder, "class list.xlsx");
  writeWorkbook(file, "Form 7", rows);
  await window.tap(By.xpath("//button[.//*[normalize-space()='Import students']]"));
  await window.choose(file);
  await window.text("How the file was read");
  await window.text("Form 7");
  assert.equal(await (await window.field("Line with the names of the columns")).getAttribute("value"), "3");
  await window.click("Check the rows");

  // One date is none. It is typed right here.
  await window.text("1 row is refused");
  const cell = await window.field("Date of Birth on line 6");
  assert.equal(await cell.getAttribute("value"), "31/02/2014");
  await window.fill("Date of Birth on line 6", "28/02/2014");

  // Whatever leaves the screen asks first.
  await window.script("document.activeElement.blur()");
  await asked(window, () => window.press(Key.ESCAPE));
  await asked(window, () => window.click("Students", "self::a"));
  await asked(window, async () => {
    await window.chord(Key.CONTROL, "k");
    await window.type("classes", 20);
    // It stands in the palette alone: the list of what is found is there.
    await window.text("Import students, staff and classes");
    await window.press(Key.ENTER);
  });
  assert.equal(await (await window.field("Date of Birth on line 6")).getAttribute("value"), "28/02/2014");

  await window.click("Check again");
  await window.gone(By.xpath("//*[contains(., 'row is refused') and not(*)]"));
  await window.text("This would happen");
  await window.click("Import");
  await window.text("The import is done");
  assert.match(
    await window.script("return document.querySelector('main').innerText"),
    /Students\s+4\s[\s\S]*Guardians\s+6\s/,
  );

  // The class with its four students, and both guardians of one of them.
  await window.go("/classes");
  await window.lead(
    By.xpath("//*[@role='row'][.//strong[normalize-space()='7B']]"),
    By.xpath("//*[@role='tab'][normalize-space()='Courses (0)']"),
  );
  for (const name of ["Hughes", "Sharma", "Haddad", "Becker"]) await window.text(name);
  await window.go("/students");
  await window.lead(
    By.xpath("//*[@role='row'][contains(., 'Hughes')]"),
    By.xpath("//*[@role='tab'][normalize-space()='Guardians']"),
  );
  await window.click("Guardians", "@role='tab'");
  for (const guardian of ["Rose", "Tom"]) await window.text(guardian);
  await window.text("+44 20 7946 0101");
});
