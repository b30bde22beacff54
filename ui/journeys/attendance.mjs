// A student is enrolled, a camera sees her class mate and a stranger, a person confirms.
import assert from "node:assert/strict";
import { copyFileSync, existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { consentAndEnrol, listed, rowOf, toOtherSchool, turnFacesOn } from "./lib/faces.mjs";
import { demoSchool, journey } from "./lib/journey.mjs";
import { By, quoted } from "./lib/window.mjs";

const vendor = process.env.HOMEROOM_VENDOR ?? path.resolve("../vendor");
const photographs = path.join(vendor, "photos");
const enrolled = ["obama.jpg", "obama2.jpg", "obama3.jpg"].map((name) => path.join(photographs, name));
const stranger = path.join(photographs, "biden.jpg");
const needed = [...enrolled, stranger, path.join(vendor, "models", "manifest.json")];
const missing = needed.filter((file) => !existsSync(file));

/** A folder that plays like a camera: first the one, then the other, several pictures of each. */
function frames(folder) {
  mkdirSync(folder);
  [enrolled[1], stranger].forEach((photograph, who) => {
    for (let place = 0; place < 6; place += 1) copyFileSync(photograph, path.join(folder, `${who}${place}.jpg`));
  });
  return folder;
}

const mark = (code, name) =>
  By.css(`[role=row][aria-label=${quoted(name)}] button[aria-label=${quoted(`${code}: ${name}`)}]`);

journey(
  "Consent, enrolment, a folder of frames as the camera, confirmed: the register shows who is there",
  {
    skip: missing.length > 0 && `not there: ${missing.join(", ")}; \`cargo xtask setup\` fetches it`,
    prepare: demoSchool,
  },
  async ({ window, folder, prepared }) => {
    await window.signIn("demo", prepared.password);
    await toOtherSchool(window, prepared.school);
    await turnFacesOn(window);

    // Consent first, then three photographs.
    await window.go("/faces");
    const title = await window.select("Class");
    const name = await listed(window, 0);
    await window.lead(rowOf(name), By.xpath("//button[normalize-space()='Record consent']"));
    await window.text("Record the consent first.");
    await consentAndEnrol(window, name, enrolled);

    // The camera proposes whom it knows; the stranger stays unknown; nobody is marked yet.
    await window.go("/attendance");
    await window.lead(
      By.xpath(`//*[@role='row'][.//strong[normalize-space()=${quoted(title)}]]`),
      By.css(`[role=grid][aria-label^='Register of']`),
    );
    await window.click("Camera");
    await window.lead(
      By.xpath("//label[normalize-space()='Folder']"),
      By.xpath("//label[normalize-space()='Folder of pictures']"),
    );
    await window.fill("Folder of pictures", frames(path.join(folder, "camera")));
    await window.click("Play the folder");
    await window.visible(By.css(`button[aria-label=${quoted(`Confirm ${name}`)}]`));
    await window.text("All pictures were shown");
    await window.text("1 unknown face");
    const proposed = await window.driver.findElements(By.css("button[aria-label^='Confirm ']"));
    assert.equal(proposed.length, 1, "only the enrolled student is proposed");
    assert.equal(
      await (await window.visible(mark("Present", name))).getAttribute("aria-pressed"),
      "false",
      "nobody is marked before a person confirms",
    );

    // Confirmed: there, from the camera; late when the school day has begun a while ago. The others are still without a code.
    await window.click(`Confirm ${name}`);
    const code = await window.until(async () => {
      for (const one of ["Present", "Late"])
        if ((await (await window.visible(mark(one, name))).getAttribute("aria-pressed")) === "true") return one;
      return false;
    }, "the confirmed student is not there in the register");
    await window.visible(By.css(`[role=row][aria-label=${quoted(name)}] [title^=Camera]`));
    const marked = () =>
      window.script("return document.querySelectorAll('[role=row][data-body] button[aria-pressed=true]').length");
    assert.equal(await marked(), 1, "nobody else is marked");

    // The teacher corrects what the clock made of it, and takes the register: everybody else is present too.
    if (code === "Late") await window.tap(mark("Present", name));
    await window.click("Take register");
    await window.text("Taken");
    await window.until(
      async () =>
        (await marked()) === (await window.script("return document.querySelectorAll('[role=row][data-body]').length")),
      "not everybody has a code",
    );
    assert.equal(await (await window.visible(mark("Present", name))).getAttribute("aria-pressed"), "true");
  },
);
