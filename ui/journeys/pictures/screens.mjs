// What there is to see: each screen by its address, what is on it once it is drawn, and what is done
// on it before the picture and after. `main` is also taken in Arabic and Hindi, `state` also loading and failed.
import { readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { tmpdir } from "node:os";
import { By, Key, quoted } from "../lib/window.mjs";

const row = "main [role=row][data-body]";
const heading = "main h1, main h2";

/** The addresses of one class of the demo school: its register, its mark sheet. */
export async function classList(window, { class: title }) {
  const idOf = async (list, grid) => {
    await window.go(list);
    await window.lead(By.xpath(`//*[@role='row'][.//strong[normalize-space()=${quoted(title)}]]`), By.css(grid));
    return new URL(await window.driver.getCurrentUrl()).hash.slice(1).split("?")[0];
  };
  return {
    register: await idOf("/attendance", "[role=grid][aria-label^='Register of']"),
    sheet: await idOf("/marks", "[role=grid][aria-label^='Marks of']"),
  };
}

const roster = `Student number,Given name,Family name,Name in own script,Date of birth,Class
90001,Amelia,Hughes,,2014-03-02,7B
90002,Arjun,Sharma,अर्जुन शर्मा,2014-07-19,7B
90003,Layla,Haddad,ليلى حداد,2013-11-30,7B
90004,Noah,Becker,,the ninth of May,7B
`;

async function chooseRoster(window) {
  const file = path.join(tmpdir(), "homeroom-roster.csv");
  writeFileSync(file, roster);
  await window.choose(file);
  await window.text("Which column holds what?");
}

/** An import that is not done is not left unasked. */
async function leaveImport(window) {
  await window.go("/nowhere");
  await window.click("Leave");
  await window.text("There is no such place");
}

/** A tab of the first one of a list. */
const firstTab = (tab) => async (window) => {
  await window.lead(By.css(row), By.css("[role=tablist]"));
  await window.tap(By.xpath(`//*[@role='tab'][normalize-space()=${quoted(tab)}]`));
};

/** What a button of a list's bar opens. */
const opened = (button, sign) => async (window) => {
  await window.click(button);
  await window.visible(By.css(sign));
};

const firstRow = (sign) => async (window) => window.lead(By.css(row), By.css(sign));

/** Plays the folder as a camera; over and over where it is to stay. */
async function play(window, frames, start, repeat = false) {
  await window.tap(By.xpath("//label[normalize-space()='Folder']"));
  await window.fill("Folder of pictures", frames);
  if (repeat) await window.turnOn("Begin again at the end");
  await window.click(start);
}

/** Whether every camera and photograph on the screen has been drawn. */
const drawn = (window) =>
  window.script(
    "const all = [...document.querySelectorAll('main canvas')]; return all.length > 0 && all.every((canvas) => canvas.getContext('2d').getImageData(0, 0, 1, 1).data[3] > 0);",
  );

/** The screen at the door, and the way out of it. */
async function openDoor(window, frames) {
  await play(window, frames, "Open the kiosk at the door", true);
  await window.visible(By.xpath("//button[normalize-space()='Leave the kiosk']"));
  await window.until(() => drawn(window), "the camera at the door gives no picture");
}
const leaveDoor = (password) => async (window) => {
  if (!(await window.isVisible(By.css("[role=dialog]")))) await window.click("Leave the kiosk");
  await window.fill("Password", password);
  await window.press(Key.ENTER);
  await window.visible(By.css("nav a"));
};

export const screens = ({ register, sheet, frames, password }) => [
  { name: "today", place: "/today", sign: heading, main: true, state: true },
  { name: "students", place: "/students", sign: row, main: true, state: true },
  { name: "student", place: "/students", sign: row, main: true, act: firstRow("[role=tablist]") },
  { name: "student-guardians", place: "/students", sign: row, act: firstTab("Guardians") },
  { name: "student-notes", place: "/students", sign: row, act: firstTab("Notes") },
  { name: "attendance-here", place: "/attendance?view=here", sign: row },
  { name: "attendance-often", place: "/attendance?view=often", sign: row },
  { name: "guardians", place: "/guardians", sign: row },
  { name: "students-columns", place: "/students", sign: row, act: opened("Columns", "[role=dialog], [role=menu]") },
  { name: "students-views", place: "/students", sign: row, act: opened("Views", "[role=dialog], [role=menu]") },
  {
    name: "students-change",
    place: "/students",
    sign: row,
    act: async (window) => {
      await window.script(
        "[...document.querySelectorAll('main [role=row][data-body] input[type=checkbox]')].slice(0, 3).forEach((one) => one.click())",
      );
      await window.click("Change a field…");
      await window.visible(By.css("[role=dialog] input"));
    },
  },
  { name: "transfers", place: "/transfers", sign: heading, main: true, state: true },
  { name: "same-guardians", place: "/same-guardians", sign: heading },
  { name: "student-new", place: "/students/new", sign: "[role=dialog] input" },
  { name: "staff", place: "/staff", sign: row, state: true },
  { name: "classes", place: "/classes", sign: row, main: true, state: true },
  { name: "class", place: "/classes", sign: row, act: firstRow("[role=tablist]") },
  { name: "class-new", place: "/classes/new", sign: "[role=dialog] input" },
  { name: "courses", place: "/courses", sign: row, state: true },
  { name: "courses-grid", place: "/courses/grid", sign: "main [role=grid]", main: true },
  { name: "rollover", place: "/classes/rollover", sign: heading, main: true },
  { name: "course", place: "/courses", sign: row, act: firstRow("main [aria-label^='Course'], main h2") },
  { name: "marks", place: "/marks", sign: row, state: true },
  { name: "mark-sheet", place: sheet, sign: "[role=grid][aria-label^='Marks of']", main: true, state: true },
  { name: "mark-sheet-categories", place: `${sheet}?pane=columns`, sign: "[role=grid][aria-label^='Marks of']" },
  {
    name: "mark-sheet-bad-mark",
    place: sheet,
    sign: "[role=grid][aria-label^='Marks of']",
    act: async (window) => {
      await window.tap(By.css("[role=grid] [aria-rowindex='2'] [role=gridcell]"));
      await window.press("twelve", Key.ENTER, Key.ARROW_UP);
      await window.text("This is no mark.");
    },
    after: (window) => window.click("Back to what is saved"),
  },
  { name: "analytics", place: "/analytics", sign: "main svg[viewBox]", main: true, state: true },
  { name: "analytics-risk", place: "/analytics?view=risk", sign: row },
  {
    name: "analytics-school",
    place: "/analytics?view=school",
    sign: "main table, main [role=grid], main svg[viewBox]",
  },
  { name: "report-cards", place: "/reports", sign: "main canvas", main: true, state: true },
  { name: "report-card-comments", place: "/reports?tab=comments", sign: "main textarea", main: true },
  { name: "report-card-comments-class", place: "/reports?tab=subject", sign: "main textarea", main: true },
  {
    name: "report-cards-make",
    place: "/reports",
    sign: "main canvas",
    act: async (window) => {
      await window.click("Make all cards");
      await window.visible(By.css("[role=dialog]"));
    },
  },
  { name: "attendance", place: "/attendance", sign: row, main: true, state: true },
  { name: "attendance-absent", place: "/attendance?view=absent", sign: heading },
  { name: "attendance-summary", place: "/attendance?view=summary", sign: heading },
  { name: "register", place: register, sign: "[role=grid][aria-label^='Register of']", main: true, state: true },
  {
    name: "register-camera",
    place: `${register}?camera=true`,
    sign: "[role=grid][aria-label^='Register of']",
    main: true,
    act: async (window) => {
      await play(window, frames, "Play the folder");
      await window.visible(By.css("button[aria-label^='Confirm ']"));
    },
  },
  {
    name: "register-cameras",
    place: `${register}?camera=true`,
    sign: "[role=grid][aria-label^='Register of']",
    act: async (window) => {
      await play(window, frames, "Play the folder");
      await window.visible(By.css("button[aria-label^='Confirm ']"));
      await window.click("Add");
      await window.click("Play the folder");
      await window.text("Folder 2");
    },
  },
  {
    name: "register-photographs",
    place: `${register}?camera=true`,
    sign: "[role=grid][aria-label^='Register of']",
    act: async (window) => {
      await window.tap(By.xpath("//label[normalize-space()='Photographs']"));
      const all = readdirSync(frames)
        .toSorted()
        .map((name) => path.join(frames, name));
      await window.choose([all[0], all.at(-1)]);
      await window.text("Photograph 2");
      await window.until(() => drawn(window), "a photograph is not shown");
    },
  },
  { name: "attendance-kiosk", place: "/attendance/kiosk", sign: "form", main: true, state: true },
  {
    name: "door",
    place: "/attendance/kiosk",
    sign: "form",
    main: true,
    act: (window) => openDoor(window, frames),
    after: leaveDoor(password),
  },
  {
    name: "door-leave",
    place: "/attendance/kiosk",
    sign: "form",
    act: async (window) => {
      await openDoor(window, frames);
      await window.click("Leave the kiosk");
      await window.visible(By.css("[role=dialog] input"));
    },
    after: leaveDoor(password),
  },
  { name: "faces", place: "/faces", sign: row, main: true, state: true },
  { name: "faces-student", place: "/faces", sign: row, act: firstRow("section[aria-label=Consent]") },
  {
    name: "faces-consent",
    place: "/faces?consented=false",
    sign: row,
    main: true,
    act: async (window) => {
      await window.lead(By.css(row), By.css("section[aria-label=Consent]"));
      await window.click("Record consent");
      await window.visible(By.css("[role=dialog] input"));
    },
  },
  { name: "faces-consents", place: "/faces/consents", sign: heading },
  { name: "faces-many", place: "/faces/bulk", sign: "main button" },
  { name: "faces-alike", place: "/faces/alike", sign: heading },
  { name: "faces-uses", place: "/faces/uses", sign: heading },
  { name: "faces-keys", place: "/faces/keys", sign: "main h2", state: true },
  { name: "changes", place: "/changes", sign: row, main: true, state: true },
  { name: "change", place: "/changes", sign: row, act: firstRow("aside") },
  { name: "users", place: "/users", sign: row, state: true },
  { name: "user", place: "/users", sign: row, act: firstRow("aside, [role=complementary], section") },
  { name: "sessions", place: "/account/sessions", sign: heading, state: true },
  { name: "password", place: "/account/password", sign: "main input" },
  ...[
    "school",
    "years",
    "calendar",
    "subjects",
    "grades",
    "attendance",
    "marks",
    "reports",
    "faces",
    "fields",
    "data",
    "about",
  ].map((part) => ({
    name: `settings-${part}`,
    place: `/settings/${part}`,
    sign: heading,
    main: ["school", "about"].includes(part),
    state: part === "school",
  })),
  { name: "import", place: "/import", sign: "main button" },
  { name: "import-columns", place: "/import", sign: "main button", act: chooseRoster, after: leaveImport },
  {
    name: "import-dry-run",
    place: "/import",
    sign: "main button",
    main: true,
    act: async (window) => {
      await chooseRoster(window);
      await window.click("Check the rows");
      await window.text("This would happen");
    },
    after: leaveImport,
  },
  {
    name: "palette",
    place: "/students",
    sign: row,
    main: true,
    act: async (window) => {
      await window.chord(Key.CONTROL, "k");
      await window.visible(By.css("input[aria-label='Search or do']"));
      await window.press("mar");
      await window.visible(By.xpath("//*[@role='option'][contains(., 'Type marks')]"));
    },
  },
  {
    name: "keys",
    place: sheet,
    sign: "[role=grid][aria-label^='Marks of']",
    act: async (window) => {
      await window.click("You and this window");
      await window.click("Keys of this screen");
      await window.visible(By.css("[role=dialog]"));
    },
  },
  {
    name: "locked",
    place: "/students",
    sign: row,
    main: true,
    act: async (window) => {
      await window.chord(Key.CONTROL, "l");
      await window.visible(By.css("[data-lock] input"));
    },
    after: async (window) => {
      await window.fill("Password", password);
      await window.press(Key.ENTER);
      await window.gone(By.css("[data-lock]"));
    },
  },
  { name: "nowhere", place: "/nowhere", sign: heading },
];

/** What a student sees. */
export const ownScreens = [
  { name: "student-today", place: "/today", sign: heading, main: true },
  { name: "student-record", place: "/me", sign: heading, main: true },
];

export const emptyScreens = [
  { name: "today", place: "/today", sign: heading },
  ...["students", "staff", "classes", "marks", "reports", "analytics", "attendance", "faces"].map((name) => ({
    name,
    place: `/${name}`,
    sign: heading,
  })),
];
