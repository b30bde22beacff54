// The kiosk at the door: a student who moves is greeted by name and marked once, a display and a print of the same student
// never; with the turn of the head a student who follows the prompts is marked, a print that follows them is not.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import path from "node:path";
import { after } from "node:test";
import { DoorCamera, heardAtDoor, leaveKiosk, openKiosk, paint, painter } from "./lib/door.mjs";
import { consentAndEnrol, listed, rowOf, toOtherSchool, turnFacesOn } from "./lib/faces.mjs";
import { demoSchool, journey } from "./lib/journey.mjs";
import { By, Key, freshFolder, quoted } from "./lib/window.mjs";

const vendor = process.env.HOMEROOM_VENDOR ?? path.resolve("../vendor");
const photographs = ["obama.jpg", "obama2.jpg", "obama3.jpg"].map((name) => path.join(vendor, "photos", name));
const missing = [...photographs, path.join(vendor, "models", "manifest.json"), painter].filter(
  (file) => !existsSync(file),
);
const skip = missing.length > 0 && `not there: ${missing.join(", ")}; \`cargo xtask test window\` makes it ready`;

/** Films of the student who will be enrolled, drawn once for all journeys. */
const painted = freshFolder();
after(painted.remove);
let films = null;

async function prepare(folder) {
  films ??= paint(vendor, photographs[0], painted.folder);
  const [school] = await Promise.all([demoSchool(folder), films]);
  return { ...school, films: painted.folder };
}

/** Signs in, sets what the door does, and enrols the first student of a class; resolves with class and name. */
async function enrolOne(window, prepared, settings) {
  await window.signIn("demo", prepared.password);
  await toOtherSchool(window, prepared.school);
  await turnFacesOn(window, settings);
  await window.go("/faces");
  const title = await window.select("Class");
  const name = await listed(window, 0);
  await window.lead(rowOf(name), By.css(`aside[aria-label=${quoted(name)}]`));
  await consentAndEnrol(window, name, photographs);
  await window.press(Key.ESCAPE);
  return { title, name };
}

/** Who has a code in the day's register of the class: name → where it comes from. */
async function marked(window, title) {
  await window.go("/attendance");
  await window.lead(
    By.xpath(`//*[@role='row'][.//strong[normalize-space()=${quoted(title)}]]`),
    By.css("[role=grid][aria-label^='Register of'] [role=row][data-body]"),
  );
  return window.script(`
    return [...document.querySelectorAll("[role=row][data-body]")].filter((row) => row.querySelector("button[aria-pressed=true]")).map((row) => [
      row.getAttribute("aria-label"), row.querySelector("button[aria-pressed=true]").getAttribute("aria-label").split(":")[0], row.querySelector("[title^='At the door']") !== null,
    ]);
  `);
}

/** Waits until the screen has said something, and after it something else if that is named. */
const said = (window, text, then = "") =>
  window.until(async () => {
    const list = (await heardAtDoor(window)).said;
    const at = list.findIndex((one) => one.includes(text));
    return at >= 0 && list.slice(at).some((one) => one.includes(then));
  }, `the door does not say: ${text}, ${then}`);

journey(
  "At the door a display and a print are refused in words; the student who moves is greeted and marked once",
  { skip, prepare },
  async ({ window, prepared }) => {
    const { title, name } = await enrolOne(window, prepared, {
      "Ask to turn the head before a student is marked": false,
      "A sound when somebody is known": true,
    });

    // The film of the student on a display, to its end.
    await openKiosk(window, { folder: path.join(prepared.films, "display") });
    await said(window, "The camera takes this for a picture.", "Welcome");
    const display = await heardAtDoor(window);
    await leaveKiosk(window, prepared.password);

    // A print of the student: it is recognised, and never moves as a head does.
    await openKiosk(window, { folder: path.join(prepared.films, "print") });
    await said(window, "Move your head a little", "Welcome");
    const print = await heardAtDoor(window);
    await leaveKiosk(window, prepared.password);
    for (const { said, tones } of [display, print]) {
      assert.ok(!said.some((one) => one.includes(name)), `nobody is named: ${said.join("; ")}`);
      assert.equal(tones, 0);
    }
    assert.deepEqual(await marked(window, title), [], "no picture of a student is marked");

    // The student: greeted by name with a sound, and the second time told to be here already.
    await openKiosk(window, { folder: path.join(prepared.films, "turning") });
    await said(window, `Already here | ${name}`);
    assert.equal(await window.isVisible(By.css("nav, [role=grid]")), false, "no menu and no list at the door");
    const head = await heardAtDoor(window);
    await leaveKiosk(window, prepared.password);
    const greetings = head.said.filter((one) => one.includes(name));
    const late = greetings[0].includes("late");
    assert.match(
      greetings[0],
      late ? /^Welcome \| .* \| You are \d+ minutes? late\.$/ : /^Welcome \| .* \| You are marked present\.$/,
    );
    assert.ok(
      greetings.slice(1).every((one) => one.startsWith("Already here")),
      `greeted once: ${greetings.join("; ")}`,
    );
    assert.equal(head.tones, 2 + (greetings.length - 1), "two tones for the mark, one for each time after it");
    assert.deepEqual(await marked(window, title), [[name, late ? "Late" : "Present", true]]);

    // Written once, although the film played again.
    await window.click(`History of ${name}`);
    await window.visible(By.css(`aside[aria-label=${quoted(name)}] ol > li`));
    assert.equal(
      await window.isVisible(By.css("aside summary")),
      false,
      "the register holds one entry and no change of it",
    );
  },
);

journey(
  "At the door a print that follows the prompts is refused, and the student who follows them is marked without a sound",
  { skip, prepare },
  async ({ window, prepared }) => {
    const { title, name } = await enrolOne(window, prepared, {
      "Ask to turn the head before a student is marked": true,
      "A sound when somebody is known": false,
    });
    const camera = await DoorCamera.open(prepared.films);
    try {
      await openKiosk(window, { address: camera.address });
      await said(window, "Welcome | Look at the camera");

      camera.standsThere("sheet");
      await camera.until(
        window,
        ({ said }) => said.some((one) => one.startsWith("Turn your head")),
        "the print is not asked to turn",
      );
      await camera.until(
        window,
        ({ now }) => ["Please go to the office", "Let us try again"].includes(now),
        "the print is not refused",
      );
      camera.standsThere(null);
      await camera.until(window, ({ now }) => now === "Welcome", "the room is not empty again");
      const print = await heardAtDoor(window);
      assert.ok(!print.said.some((one) => one.includes(name)), `nobody is named: ${print.said.join("; ")}`);

      // On a computer that is too busy to see every turn the student steps aside, comes again and turns more slowly.
      const over = ({ now, since }) => now === name || (now === "Please go to the office" && since > 5000);
      for (let coming = 0; coming < 6 && (await heardAtDoor(window)).now !== name; coming += 1) {
        camera.standsThere(null);
        await camera.until(window, ({ now }) => now === "Welcome", "the room is not empty");
        camera.standsThere("head", 1 + coming / 2);
        await camera.until(window, over, "who follows the prompts hears nothing");
      }
      assert.equal((await heardAtDoor(window)).now, name, "who follows the prompts is greeted");
      const { said: all, tones } = await heardAtDoor(window);
      const head = all.slice(print.said.length);
      const turned = head.filter((one) => one.startsWith("Turn your head to the"));
      assert.ok(
        turned.some((one) => one.includes("left")) && turned.some((one) => one.includes("right")),
        `both sides were asked for: ${head.join("; ")}`,
      );
      assert.ok(head.at(-1).startsWith(`Welcome | ${name} | You are `), head.join("; "));
      assert.equal(tones, 0, "the school wants no sound");
    } finally {
      await camera.close();
    }
    await leaveKiosk(window, prepared.password);
    const [[who, , atDoor], ...others] = await marked(window, title);
    assert.deepEqual([who, atDoor, others], [name, true, []]);
  },
);
