// A picture of every screen in the real window, with its empty, loading and error states: light, dark,
// the main ones in Arabic and Hindi, and all that an address leads to in the language that lengthens every
// text. OUT_DIR names the folder, SCREEN_WIDTH and SCREEN_HEIGHT the size.
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { demoSchool } from "../lib/journey.mjs";
import { openSchool } from "../lib/opening.mjs";
import { By, Key, Window, freshFolder } from "../lib/window.mjs";
import { classList, emptyScreens, ownScreens, screens } from "./screens.mjs";

const out = process.env.OUT_DIR;
const [width, height] = [Number(process.env.SCREEN_WIDTH ?? 1280), Number(process.env.SCREEN_HEIGHT ?? 800)];
/** Which pictures are taken: those whose `folder/name` fits ONLY. */
const only = new RegExp(process.env.ONLY ?? "");
const failures = [];

/** Opens the window at the size of the screen. */
async function open(folder) {
  const window = await Window.open(folder);
  await window.driver.manage().window().setRect({ x: 0, y: 0, width, height });
  return window;
}

/** Waits until nothing moves and nothing loads any more, then writes the picture. */
async function shoot(window, folder, name) {
  await window.driver.executeAsyncScript(`
    const done = arguments[arguments.length - 1];
    const still = (frames) => {
      const moving = document.getAnimations().some((one) => one.playState === "running" && one.effect.getTiming().iterations !== Infinity);
      if (!moving && frames > 3) done();
      else requestAnimationFrame(() => still(moving ? 0 : frames + 1));
    };
    document.fonts.ready.then(() => still(0));
  `);
  const file = path.join(out, folder, `${name}.png`);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, await window.picture());
}

/** Takes one picture; a screen that cannot be taken is told at the end and stops nobody. */
async function take(window, folder, name, prepare) {
  if (!only.test(`${folder}/${name}`)) return;
  try {
    await prepare?.();
    await shoot(window, folder, name);
  } catch (reason) {
    failures.push(`${folder}/${name}: ${reason.message.split("\n")[0]}`);
    await shoot(window, `${folder}/failed`, name).catch(() => undefined);
  }
}

async function show(window, { place, sign, act }) {
  await window.go("/nowhere");
  await window.text("There is no such place");
  await window.go(place);
  await window.visible(By.css(sign));
  await window.gone(By.css("main [role=status][aria-label=Loading]"));
  await act?.(window);
}

/** Puts away what an action opened. */
async function tidy(window) {
  for (let layer = 0; layer < 3; layer += 1) {
    if (!(await window.isVisible(By.css("[role=dialog], [role=menu]")))) return;
    await window.press(Key.ESCAPE);
  }
}

/** Every call of an operation but the named ones waits for ever ("loading") or is refused ("error"); "none" lets them through. */
async function hinder(window, how) {
  await window.script(
    `
    const how = arguments[0];
    const through = ["accounts.whoami", "accounts.status", "schools.list_sessions"];
    window.journeyFetch ??= window.fetch;
    window.fetch = (address, options) => {
      const call = /^ipc:.*\\/call$/.test(String(address?.url ?? address));
      const body = call ? (typeof options.body === "string" ? options.body : new TextDecoder().decode(options.body)) : "{}";
      if (how === "none" || !call || through.includes(JSON.parse(body).operation)) return window.journeyFetch(address, options);
      if (how === "loading") return new Promise(() => undefined);
      const refusal = { code: "database", message: "The database does not answer.", help: "Look whether the disk is full or the server is running, then try again." };
      return Promise.resolve(new Response(JSON.stringify(refusal), { headers: { "Tauri-Response": "error", "Content-Type": "application/json" } }));
    };
  `,
    how,
  );
}

async function firstRun() {
  const { folder, remove } = freshFolder();
  const window = await open(folder);
  try {
    const page = (name) => () => take(window, "light", `first-run-${name}`);
    await openSchool(window, {
      onSchool: page("1-school"),
      onYear: page("2-year"),
      onAdministrator: page("3-administrator"),
    });
    await window.ready();
    for (const scheme of ["light", "dark"]) {
      await window.look(scheme === "dark" ? "Dark" : "Light");
      for (const screen of emptyScreens) await take(window, scheme, `empty-${screen.name}`, () => show(window, screen));
    }
  } finally {
    await window.close();
    remove();
  }
}

async function demo() {
  const { folder, remove } = freshFolder();
  try {
    const summary = await demoSchool(folder);
    const window = await open(folder);
    try {
      await take(window, "light", "sign-in", () => window.visible(By.css("input")));
      await take(window, "light", "sign-in-refused", async () => {
        await window.fill("User name", "demo");
        await window.fill("Password", "not the password");
        await window.press(Key.ENTER);
        await window.visible(By.css("[role=alert]"));
      });
      await window.signIn("demo", summary.password);
      if (await window.isVisible(By.css("input[aria-label=School]"))) await window.select("School", summary.school);
      const places = {
        ...(await classList(window, summary)),
        frames: path.join(folder, "frames"),
        password: summary.password,
      };
      const all = screens(places);
      await everyLook(window, all);
      await states(window, all);
      await window.look("Light");
      await everyLanguage(window, all);
      await ofStudent(window, summary);
      await signInAgain(window);
    } finally {
      await window.close();
    }
  } finally {
    remove();
  }
}

async function visit(window, folder, screen) {
  await take(window, folder, screen.name, () => show(window, screen));
  await tidy(window);
  if (only.test(`${folder}/${screen.name}`))
    await screen
      .after?.(window)
      .catch((reason) => failures.push(`after ${screen.name}: ${reason.message.split("\n")[0]}`));
}

/** Light and dark. */
async function everyLook(window, all) {
  for (const scheme of ["light", "dark"]) {
    await window.look(scheme === "dark" ? "Dark" : "Light");
    for (const screen of all) await visit(window, scheme, screen);
  }
  await window.look("Light");
}

/** The window begins again, in another language of the person who is signed in. */
async function speak(window, language) {
  await window.script(
    `for (const key of Object.keys(localStorage)) {
       const [, person] = /^homeroom\\.([^.]+)\\.(?:path|school|term)$/.exec(key) ?? [];
       if (person !== undefined) localStorage.setItem("homeroom." + person + ".language", arguments[0]);
     }`,
    language,
  );
  await window.driver.navigate().refresh();
  await window.visible(By.css(`html[lang="${language}"] main h1, html[lang="${language}"] main h2`));
}

/** The screens to which an address leads, in other languages: nothing is sought by its English words. */
async function everyLanguage(window, all) {
  const led = all.filter(({ act }) => act === undefined);
  for (const [language, shown] of [
    ["ar", led.filter(({ main }) => main)],
    ["hi", led.filter(({ main }) => main)],
    ["en-XA", led],
  ]) {
    await speak(window, language);
    for (const { name, place, sign } of shown)
      await take(window, language, name, async () => {
        await window.go("/nowhere");
        await window.gone(By.css("main :is([role=grid], form, [role=status])"));
        await window.go(place);
        await window.visible(By.css(sign.replace(/\[aria-label[^\]]*\]/g, "")));
        await window.gone(By.css("main [role=status]:has(.mantine-Skeleton-root)"));
      });
  }
  await speak(window, "en");
}

/** The sign-in screen in other languages, after somebody signed out. */
async function signInAgain(window) {
  await window.click("You and this window");
  await window.click("Sign out");
  await window.visible(By.css("form input[type=password]"));
  for (const language of ["ar", "hi", "en-XA"])
    await take(window, language, "sign-in", async () => {
      await window.script(`localStorage.setItem("homeroom.lastLanguage", arguments[0])`, language);
      await window.driver.navigate().refresh();
      await window.visible(By.css(`html[lang="${language}"] form input[type=password]`));
    });
  await window.script(`localStorage.setItem("homeroom.lastLanguage", "en")`);
  await window.driver.navigate().refresh();
  await window.visible(By.css("html[lang=en] form input[type=password]"));
}

/** The screens of a student, who is given an account for it. */
async function ofStudent(window, { class: title }) {
  const { schools } = await window.call("accounts.whoami", {});
  const school = await window.script("return document.querySelector('input[aria-label=School]')?.value ?? ''");
  const { id } = schools.find(({ name }) => name === school) ?? schools[0];
  const inClass = (await window.call("classes.list_classes", { school: id })).find((one) => one.title === title);
  const {
    rows: [{ id: student, givenName, familyName }],
  } = await window.call("people.list_students", { school: id, class: inClass.id, limit: 1 });
  const first = "nine green bottles";
  await window.call("accounts.save_user", {
    username: "pupil",
    givenName,
    familyName,
    staff: null,
    student,
    disabled: false,
    password: first,
    roles: [{ role: "student", school: id, district: null }],
    id: null,
    version: null,
  });
  await window.click("You and this window");
  await window.click("Sign out");
  await window.fill("User name", "pupil");
  await window.fill("Password", first);
  await window.press(Key.ENTER);
  await window.fill("Current password", first);
  await window.fill("New password", "ten green bottles");
  await window.fill("New password once more", "ten green bottles");
  await window.press(Key.ENTER);
  await window.ready();
  await everyLook(window, ownScreens);
}

/** Loading and error states. The window is loaded anew each time, so that it knows nothing yet. */
async function states(window, all) {
  for (const scheme of ["light", "dark"]) {
    await window.look(scheme === "dark" ? "Dark" : "Light");
    for (const [how, sign] of [
      ["loading", "main [role=status][aria-label=Loading]"],
      ["error", "main [role=alert]"],
    ]) {
      for (const screen of all.filter(({ state }) => state)) {
        await take(window, scheme, `${how}-${screen.name}`, async () => {
          await window.go("/nowhere");
          await window.driver.navigate().refresh();
          await window.text("There is no such place");
          await hinder(window, how);
          await window.go(screen.place);
          await window.visible(By.css(sign));
        });
        await hinder(window, "none").catch(() => undefined);
      }
    }
  }
}

if (out === undefined) throw new Error("OUT_DIR names the folder for the pictures");
await firstRun();
await demo();
if (failures.length > 0) {
  console.error(`These pictures could not be taken:\n  ${failures.join("\n  ")}`);
  process.exitCode = 1;
}
