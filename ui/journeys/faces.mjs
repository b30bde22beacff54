// Three students are enrolled; a camera sees them and a stranger; a person confirms all; the register shows
// who is there. Then the kiosk at the door opens, shows no menu
// and no list, survives Escape, another address and loading anew, and is left only with the password.
import assert from "node:assert/strict";
import { copyFileSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import path from "node:path";
import { consentAndEnrol, listed, rowOf, toOtherSchool, turnFacesOn } from "./lib/faces.mjs";
import { demoSchool, journey } from "./lib/journey.mjs";
import { By, Key, quoted } from "./lib/window.mjs";

const vendor = process.env.HOMEROOM_VENDOR ?? path.resolve("../vendor");
const portraits = process.env.HOMEROOM_PORTRAITS ?? path.resolve("../../shared/data/faces/portraits");
const photographsOf = (folder) =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith(".jpg"))
        .toSorted()
        .map((name) => path.join(folder, name))
    : [];
const people = [
  ["obama.jpg", "obama2.jpg", "obama3.jpg"].map((name) => path.join(vendor, "photos", name)),
  photographsOf(path.join(portraits, "p01")),
  photographsOf(path.join(portraits, "p02")),
];
/** A picture without a face: the product's own sign. */
const nobody = path.resolve("../icons/icon.png");
const stranger = path.join(vendor, "photos", "biden.jpg");
const missing = [
  ...people.flatMap((of) => (of.length < 3 ? [portraits] : of)),
  stranger,
  path.join(vendor, "models", "manifest.json"),
].filter((file) => !existsSync(file));

/** A folder that plays like a camera: one after the other, several pictures of each, and nobody in between, as when people pass. */
function frames(folder, photographs) {
  mkdirSync(folder);
  photographs.forEach((photograph, who) => {
    for (let place = 0; place < 8; place += 1) copyFileSync(photograph, path.join(folder, `${who}a${place}.jpg`));
    for (let place = 0; place < 8; place += 1) copyFileSync(nobody, path.join(folder, `${who}b${place}.png`));
  });
  return folder;
}

async function play(window, folder, start) {
  await window.lead(
    By.xpath("//label[normalize-space()='Folder']"),
    By.xpath("//label[normalize-space()='Folder of pictures']"),
  );
  await window.fill("Folder of pictures", folder);
  await window.turnOn("Begin again at the end");
  await window.click(start);
}

/** Records the consent of a student of the class in the list, and enrols by three photographs; resolves with the name. */
async function enrol(window, place, photographs) {
  const name = await listed(window, place);
  await window.lead(rowOf(name), By.css(`aside[aria-label=${quoted(name)}]`));
  await consentAndEnrol(window, name, photographs);
  await window.press(Key.ESCAPE);
  return name;
}

journey(
  "Three enrolled, a stranger among them, all confirmed with one key; the kiosk at the door is left only with the password",
  {
    skip:
      missing.length > 0 &&
      `not there: ${missing[0]}; \`cargo xtask setup\` fetches models and photographs, portraits are looked for in ${portraits}`,
    prepare: demoSchool,
  },
  async ({ window, folder, prepared }) => {
    await window.signIn("demo", prepared.password);
    await toOtherSchool(window, prepared.school);
    await turnFacesOn(window);

    await window.go("/faces");
    const title = await window.select("Class");
    const names = [];
    for (const [place, photographs] of people.entries())
      names.push(await enrol(window, place, photographs.slice(0, 3)));

    // The camera proposes the three, two of them in photographs that they were not enrolled with, and nobody for the stranger.
    await window.go("/attendance");
    await window.lead(
      By.xpath(`//*[@role='row'][.//strong[normalize-space()=${quoted(title)}]]`),
      By.css(`[role=grid][aria-label^='Register of']`),
    );
    await window.click("Camera");
    await play(
      window,
      frames(path.join(folder, "camera"), [people[0][1], people[1].at(-1), people[2].at(-1), stranger]),
      "Play the folder",
    );
    for (const name of names) await window.visible(By.css(`button[aria-label=${quoted(`Confirm ${name}`)}]`));
    await window.text("1 unknown face");
    assert.equal(
      (await window.driver.findElements(By.css("button[aria-label^='Confirm ']"))).length,
      names.length,
      "only those who are enrolled are proposed",
    );
    const marked = () =>
      window.script(
        "return [...document.querySelectorAll('[role=row][data-body]')].filter((row) => row.querySelector('button[aria-pressed=true]')).map((row) => row.getAttribute('aria-label')).toSorted()",
      );
    assert.deepEqual(await marked(), [], "nobody is marked before a person confirms");

    // They stand there as in every other list, and the key and the button of the pane do not throw them away unasked.
    const proposals = await window.script(
      "return [...document.querySelectorAll('section[aria-label=Recognised] li bdi.name')].map((one) => one.innerText)",
    );
    assert.ok(
      proposals.length === names.length && proposals.every((name) => name.includes(", ")),
      `the list names people as ${proposals.join("; ")}`,
    );
    const waiting = By.xpath("//*[@role='dialog']//*[contains(., '3 students wait to be confirmed.')]");
    const closings = {
      "Ctrl E": () => window.chord(Key.CONTROL, "e"),
      Camera: () => window.click("Camera"),
      Escape: () => window.press(Key.ESCAPE),
      Stop: () => window.click("Stop"),
      Students: () => window.click("Students", "self::a"),
    };
    for (const [by, close] of Object.entries(closings)) {
      await close();
      await window.until(() => window.isVisible(waiting), `it is not asked before ${by} closes the camera`);
      await window.press(Key.ESCAPE);
      await window.gone(By.css("[role=dialog]"));
    }
    assert.equal(
      (await window.driver.findElements(By.css("button[aria-label^='Confirm ']"))).length,
      names.length,
      "a proposal is gone",
    );

    // One key confirms all; pressed once more it makes nobody else present.
    await window.chord(Key.CONTROL, Key.ENTER);
    await window.text("3 students marked from the camera");
    await window.chord(Key.CONTROL, Key.ENTER);
    await window.until(async () => (await marked()).length === names.length, "the three are not in the register");
    await window.text("3 there");
    assert.deepEqual(await marked(), names.toSorted());
    for (const name of names) await window.visible(By.css(`[role=row][aria-label=${quoted(name)}] [title^=Camera]`));

    // With nobody waiting it closes at once.
    await window.chord(Key.CONTROL, "e");
    await window.gone(By.css("aside[aria-label=Camera]"));
    assert.equal(await window.isVisible(By.css("[role=dialog]")), false, "it is asked about nothing");

    // At the door nothing else can be opened before the password.
    await window.go("/attendance/kiosk");
    await play(window, frames(path.join(folder, "door"), [people[1].at(-1)]), "Open the kiosk at the door");
    await window.visible(By.xpath("//button[normalize-space()='Leave the kiosk']"));
    assert.equal(await window.isVisible(By.css("nav, [role=grid]")), false, "no menu and no list at the door");
    await window.press(Key.ESCAPE);
    await window.go("/students");
    await window.driver.navigate().refresh();
    await window.visible(By.css("main [role=status] h1"));
    assert.equal(await window.isVisible(By.css("nav, [role=grid]")), false, "no other way out of the kiosk");
    await window.click("Leave the kiosk");
    await window.fill("Password", "not the password");
    await window.press(Key.ENTER);
    await window.text("That is not the password.");
    await window.fill("Password", prepared.password);
    await window.press(Key.ENTER);
    await window.visible(By.css("nav a"));
    await window.go("/attendance");
    await window.visible(By.xpath(`//*[@role='row'][.//strong[normalize-space()=${quoted(title)}]]`));
  },
);
