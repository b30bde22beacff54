// A whole school out of five spreadsheets: staff with accounts, classes, courses with their teachers, students, guardians;
// then the first mark. Clicks, keys and seconds are counted and told, and have a limit.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { journey } from "./lib/journey.mjs";
import { openSchool } from "./lib/opening.mjs";
import { addAssessment, readColumn, saved, toCell } from "./lib/sheet.mjs";
import { By, Key } from "./lib/window.mjs";
import { writeWorkbook } from "./lib/workbook.mjs";

const limit = { clicks: 40, seconds: 600 };
const forms = ["A", "B", "C", "D"];
const grades = ["7", "8", "9"];
const titles = grades.flatMap((grade) => forms.map((form) => `${grade}${form}`));
const subjects = ["Mathematics", "English", "Science", "History", "Geography", "Art", "Music"];
const given = ["Asha", "Ben", "Chloë", "Dmitri", "Elena", "Farid", "Grace", "Hiro", "Ines", "Jonas", "Kofi", "Layla"];
const family = ["Abebe", "Becker", "Costa", "Dubois", "Eze", "Fischer", "Garcia", "Haddad", "Ito", "Jensen", "Kumar"];

const staff = Array.from({ length: 36 }, (_, at) => ({
  number: `T${String(at + 1).padStart(2, "0")}`,
  given: given[at % given.length],
  family: `${family[at % family.length]}-${String.fromCharCode(65 + Math.floor(at / given.length))}`,
}));
const students = Array.from({ length: 300 }, (_, at) => ({
  number: 1001 + at,
  given: given[(at * 7) % given.length],
  family: family[(at * 5) % family.length],
  class: titles[at % titles.length],
}));
const teacherOf = (title, subject) => staff[(titles.indexOf(title) + 5 * subjects.indexOf(subject)) % staff.length];

/** The five files of the office, as its programs write them. */
const lists = {
  "staff.xlsx": [
    ["Staff number", "Given name", "Family name", "E-mail", "Job title", "First day", "Role"],
    ...staff.map(({ number, given: first, family: last }, at) => [
      number,
      first,
      last,
      `${number.toLowerCase()}@elmgrove.example`,
      at === 0 ? "Principal" : "Teacher",
      "2020-01-06",
      at === 0 ? "principal" : "teacher",
    ]),
  ],
  "classes.xlsx": [
    ["Class", "Kind", "Grade", "Class teacher", "Places", "Room"],
    ...titles.map((title, at) => [title, "homeroom", title.slice(0, -1), staff[at].number, 30, `R${at + 1}`]),
  ],
  "courses.csv": [
    ["Class", "Subject", "Teachers"],
    ...titles.flatMap((title) => subjects.map((subject) => [title, subject, teacherOf(title, subject).number])),
  ],
  "students.xlsx": [
    ["Student number", "Given name", "Family name", "Class"],
    ...students.map((student) => [student.number, student.given, student.family, student.class]),
  ],
  "guardians.csv": [
    ["Student number", "Guardian name", "Relation", "Phone", "Primary"],
    ...students.map((student, at) => [
      student.number,
      `${given[(at * 3) % given.length]} ${student.family}`,
      at % 2 === 0 ? "mother" : "father",
      `0711 ${String(100_000 + at)}`,
      "yes",
    ]),
  ],
};

/** The same window, which counts what a person does in it. */
function counted(window) {
  const count = { clicks: 0, keys: 0 };
  const clicks = { click: 1, tap: 1, select: 2, choose: 1, lead: 1 };
  const keys = { press: (args) => args.length, chord: (args) => args.length, type: ([text]) => text.length };
  const watched = new Proxy(window, {
    get(target, name) {
      const own = Reflect.get(target, name);
      if (typeof own !== "function") return own;
      return (...args) => {
        count.clicks += clicks[name] ?? 0;
        count.keys += keys[name]?.(args) ?? 0;
        if (name === "fill") {
          count.clicks += 1;
          count.keys += String(args[1]).length;
        }
        return own.apply(target, args);
      };
    },
  });
  return { watched, count };
}

/** Chooses a list, which is known by its headers, checks it and imports it. */
async function bring(window, file, kind) {
  await window.choose(file);
  await window.text(kind);
  await window.click("Check the rows");
  await window.text("This would happen");
  await window.click("Import");
}

journey("A school from five spreadsheets to the first mark", {}, async ({ window: real, folder }) => {
  await openSchool(real);
  for (const [name, rows] of Object.entries(lists)) {
    const file = path.join(folder, name);
    if (name.endsWith(".xlsx")) writeWorkbook(file, "List", rows);
    else writeFileSync(file, `\ufeff${rows.map((row) => row.join(";")).join("\r\n")}\r\n`);
  }
  const { watched: window, count } = counted(real);
  const began = Date.now();
  const main = () => window.script("return document.querySelector('main').innerText");

  await window.tap(By.xpath("//button[.//*[normalize-space()='Import students']]"));
  await bring(window, path.join(folder, "staff.xlsx"), "List of staff");
  await window.text("36 accounts were made");
  assert.match(await main(), /Staff\s+36\s[\s\S]*Accounts\s+36\s/);
  for (const [file, kind, shown] of [
    ["classes.xlsx", "List of classes", /Classes\s+12\s/],
    ["courses.csv", "List of courses", /Subjects\s+7\s[\s\S]*Courses\s+84\s/],
    ["students.xlsx", "List of students", /Students\s+300\s/],
    ["guardians.csv", "List of guardians", /Guardians\s+\d+\s/],
  ]) {
    await window.click("Import more");
    await bring(window, path.join(folder, file), kind);
    await window.text("The import is done");
    assert.match(await main(), shown);
  }

  // The first mark, in the mathematics of 7A.
  await window.click("Marks", "self::a");
  await window.lead(
    By.xpath(
      "//*[contains(normalize-space(.), 'Mathematics') and contains(normalize-space(.), '7A')][self::a or @role='row' or self::button]",
    ),
    By.xpath("//button[normalize-space()='New assessment']"),
  );
  await addAssessment(window, { title: "Test 1", maximum: "20", category: "Tests", weight: "1" });
  const [[name]] = await readColumn(window, "Test 1");
  await toCell(window, name, "Test 1");
  count.clicks += 1;
  await window.type("17", 30);
  await window.press(Key.ENTER);
  await saved(window);

  const seconds = Math.round((Date.now() - began) / 1000);
  console.log(`five lists to the first mark: ${count.clicks} clicks, ${count.keys} keys, ${seconds} seconds`);
  assert.ok(count.clicks <= limit.clicks, `${count.clicks} clicks`);
  assert.ok(seconds <= limit.seconds, `${seconds} seconds`);

  // The grid shows who teaches what, and takes another teacher by a part of the name.
  await window.go("/courses/grid");
  await window.visible(By.css("[role=grid]"));
  const teacher = teacherOf("7B", "Art");
  await window.text(`${teacher.given} ${teacher.family}`);
});
