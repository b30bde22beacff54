// Marks typed fast on a busy machine, and everything else that the sheet promises about typing.
import assert from "node:assert/strict";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { demoSchool, journey } from "./lib/journey.mjs";
import { addAssessment, readColumn, readSheet, saved, toCell } from "./lib/sheet.mjs";
import { By, Key } from "./lib/window.mjs";

/** Keeps every core busy until the returned function is called. */
function burn() {
  const workers = Array.from(
    { length: availableParallelism() },
    () => new Worker("for (;;) Math.sqrt(Math.random());", { eval: true }),
  );
  return () => Promise.all(workers.map((worker) => worker.terminate()));
}

/** Signs in and opens the mark sheet of one course. */
async function openSheet(window, { password, school, class: title }) {
  await window.signIn("demo", password);
  await window.select("School", school);
  await window.go("/marks");
  await window.fill("Filter this list", title);
  await window.lead(
    By.xpath(`//*[@role='row'][.//strong[normalize-space()='${title}']]`),
    By.css("[role=grid][aria-label^='Marks of']"),
  );
}

const textOf = async (window, student, column) => (await readSheet(window))[student][column];

journey(
  "Marks typed at 20 ms a key on a busy machine are all right, also after the window was reopened",
  { prepare: demoSchool },
  async ({ window: first, prepared, reopen }) => {
    let window = first;
    await openSheet(window, prepared);
    const address = new URL(await window.driver.getCurrentUrl()).hash.slice(1);
    await addAssessment(window, { title: "Typed", maximum: "100" });
    const students = (await readColumn(window, "Typed")).map(([name]) => name);
    assert.ok(students.length >= 20, `only ${students.length} students`);
    const marks = students.map((_, place) => (((place * 37) % 100) + 0.25).toString());

    const rest = burn();
    try {
      await toCell(window, students[0], "Typed");
      await window.type(marks.map((mark) => mark + Key.ENTER).join(""), 20);
      await saved(window);
    } finally {
      await rest();
    }
    assert.deepEqual(
      await readColumn(window, "Typed"),
      students.map((name, place) => [name, marks[place]]),
    );

    window = await reopen();
    await window.signIn("demo", prepared.password);
    await window.go(address);
    assert.deepEqual(
      await readColumn(window, "Typed"),
      students.map((name, place) => [name, marks[place]]),
    );
  },
);

journey(
  "Escape reverts, F2 changes, a bad mark stays with its reason, a paste is one step to undo",
  { prepare: demoSchool },
  async ({ window, prepared }) => {
    await openSheet(window, prepared);
    await addAssessment(window, { title: "Keys", maximum: "20" });
    const [one, two, three, four] = (await readColumn(window, "Keys")).map(([name]) => name);

    await toCell(window, one, "Keys");
    await window.press("12", Key.ENTER);
    await saved(window);
    await toCell(window, one, "Keys");
    await window.press("7", Key.ESCAPE);
    assert.equal((await textOf(window, one, "Keys")).text, "12", "Escape leaves the cell as it was");
    await window.press(Key.F2, ".5", Key.ENTER);
    await saved(window);
    assert.equal((await textOf(window, one, "Keys")).text, "12.5", "F2 changes what is there");

    await toCell(window, two, "Keys");
    await window.press("twelve", Key.ENTER);
    await window.visible(By.css("[role=gridcell][aria-invalid=true]"));
    const bad = await textOf(window, two, "Keys");
    assert.equal(bad.text, "twelve", "what was typed stays");
    assert.match(bad.title, /This is no mark/);
    await toCell(window, two, "Keys");
    await window.press("21", Key.ENTER);
    await window.until(
      async () => /The maximum is 20/.test((await textOf(window, two, "Keys")).title),
      "no reason for a mark above the maximum",
    );
    await toCell(window, two, "Keys");
    await window.press("13", Key.ENTER);
    await saved(window);

    await window.copy("1\n2\n3");
    await toCell(window, two, "Keys");
    await window.chord(Key.CONTROL, "v");
    await window.until(async () => (await textOf(window, four, "Keys")).text === "3", "the block was not pasted");
    assert.deepEqual(
      [(await textOf(window, two, "Keys")).text, (await textOf(window, three, "Keys")).text],
      ["1", "2"],
    );
    await window.chord(Key.CONTROL, "z");
    await window.until(async () => (await textOf(window, two, "Keys")).text === "13", "the paste was not undone");
    assert.deepEqual(
      [(await textOf(window, three, "Keys")).text, (await textOf(window, four, "Keys")).text],
      ["", ""],
      "one step takes the whole paste back",
    );
    await saved(window);
  },
);

journey(
  "What is being typed when the window is closed is there when it is opened again",
  { prepare: demoSchool },
  async ({ window: first, prepared, reopen }) => {
    await openSheet(first, prepared);
    const address = new URL(await first.driver.getCurrentUrl()).hash.slice(1);
    await addAssessment(first, { title: "Closing", maximum: "20" });
    const [student] = (await readColumn(first, "Closing"))[0];
    await toCell(first, student, "Closing");
    await first.press("17.25"); // No Enter: the cell is still open.
    const window = await reopen((open) => open.closeByButton());
    await window.signIn("demo", prepared.password);
    await window.go(address);
    assert.equal((await textOf(window, student, "Closing")).text, "17.25");
  },
);
