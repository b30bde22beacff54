// A journey: one test in a window and a data folder of its own. Where it fails, a picture of the
// window and what was written in it stay behind.
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import test from "node:test";
import { By, Window, freshFolder, homeroom } from "./window.mjs";

/**
 * Puts the demo school into the folder; resolves with what it says about itself. It is made once a run, in the
 * folder that `HOMEROOM_DEMO` names, and copied from there; without one it is made here.
 */
export async function demoSchool(folder) {
  const made = process.env.HOMEROOM_DEMO ?? folder;
  if (!existsSync(path.join(made, "summary.json"))) await homeroom(made, ["demo", "--out", made]);
  if (made !== folder) cpSync(made, folder, { recursive: true });
  return JSON.parse(readFileSync(path.join(folder, "summary.json"), "utf8"));
}

async function keepEvidence(name, window) {
  const folder = path.join(tmpdir(), "homeroom-failed-journeys");
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, name.toLowerCase().replace(/[^a-z0-9]+/g, "-"));
  writeFileSync(`${file}.png`, await window.picture());
  const text = await window.script("return [location.href, document.body.innerText].join('\\n')");
  writeFileSync(`${file}.txt`, text);
  console.error(`What the window showed: ${file}.png\n${text.replace(/\s*\n\s*/g, " | ")}`);
}

/** Goes to the demo school, and says which it is. */
export async function toDemoSchool(window, prepared) {
  const { schools } = await window.call("accounts.whoami", {});
  const school = schools.find(({ name }) => name === prepared.school) ?? schools[0];
  if (await window.isVisible(By.css("input[aria-label=School]"))) await window.select("School", school.name);
  return school;
}

/**
 * One test in a real window. `take` gets the folder of the data, the window (opened on it), a way
 * to close it and open it again (on another folder, if one is named), and what `prepare` returned,
 * which runs before the window opens.
 */
export function journey(name, { skip = false, prepare = () => undefined }, take) {
  test(name, { skip }, async () => {
    const { folder, remove } = freshFolder();
    let window = null;
    try {
      const prepared = await prepare(folder);
      window = await Window.open(folder);
      const reopen = async (leave = (open) => open.close(), data = folder) => {
        await leave(window);
        window = await Window.open(data);
        return window;
      };
      await take({ window, folder, prepared, reopen });
    } catch (reason) {
      if (window !== null)
        await keepEvidence(name, window).catch((other) => console.error(`No picture of the window: ${other.message}`));
      throw reason;
    } finally {
      await window?.close().catch(() => undefined);
      remove();
    }
  });
}
