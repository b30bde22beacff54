// The kiosk at the door is left by the password only: it does not close, a killed window is brought up at the door again, and
// so it is after the computer was switched off.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { leaveKiosk, openKiosk, stillCamera } from "./lib/door.mjs";
import { demoSchool, journey } from "./lib/journey.mjs";
import { By, Key, patience } from "./lib/window.mjs";
import { closeWindows } from "./lib/x11.mjs";

const photograph = path.join(process.env.HOMEROOM_VENDOR ?? path.resolve("../vendor"), "photos", "obama.jpg");
const door = By.css("main [role=status] h1");

/** The processes of the program on this data: windows, and who stands by. */
function processes(folder) {
  const running = [];
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    let words;
    try {
      words = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
    } catch {
      continue;
    }
    const ours =
      path.basename(words[0]) === path.basename(process.env.HOMEROOM_BIN) &&
      words[words.indexOf("--data") + 1] === folder;
    if (ours) running.push({ pid: Number(pid), standsBy: words.includes("stand-by") });
  }
  const pids = (standsBy) => running.filter((one) => one.standsBy === standsBy).map(({ pid }) => pid);
  return { windows: pids(false), standing: pids(true) };
}

/** Waits, without a window to ask. */
async function until(question, failure) {
  const begun = Date.now();
  while (!question()) {
    if (Date.now() - begun > patience) assert.fail(failure);
    await new Promise((later) => {
      setTimeout(later, 20);
    });
  }
  return Date.now() - begun;
}

const only = (pids, what) => {
  assert.equal(pids.length, 1, `${what}: ${pids}`);
  return pids[0];
};

journey(
  "The kiosk does not close, comes up again when it is killed, and is left by the password only",
  {
    skip: !existsSync(photograph) && `not there: ${photograph}; \`cargo xtask setup\` fetches it`,
    prepare: demoSchool,
  },
  async ({ window, folder, prepared, reopen }) => {
    const camera = await stillCamera(photograph);
    try {
      await window.signIn("demo", prepared.password);
      await window.select("School", prepared.school);
      await openKiosk(window, camera);
      await until(() => processes(folder).standing.length === 1, "nobody stands by");

      // Whom the window called is killed: it calls somebody else.
      const called = only(processes(folder).standing, "who stands by");
      process.kill(called, "SIGKILL");
      await until(() => processes(folder).standing.some((pid) => pid !== called), "nobody is called any more");

      // What Alt and F4 or the window manager ask for is not heard.
      for (let request = 0; request < 3; request += 1) {
        assert.ok((await closeWindows()) > 0);
        await window.visible(door);
      }

      // Killed: it is at the door again, with its camera. Twice, for whoever brought it up stands by for it too.
      const times = [];
      for (let kill = 0; kill < 2; kill += 1) {
        const before = { window: only(processes(folder).windows, "windows"), opened: camera.opened };
        process.kill(before.window, "SIGKILL");
        times.push(
          await until(
            () => camera.opened > before.opened && processes(folder).windows.some((pid) => pid !== before.window),
            "the kiosk does not come up again",
          ),
        );
      }
      console.log(`The kiosk was at the door again after ${times.join(" and ")} ms.`);

      // Who stands by is killed: somebody else stands by.
      const standing = only(processes(folder).standing, "who stands by");
      process.kill(standing, "SIGKILL");
      await until(() => processes(folder).standing.some((pid) => pid !== standing), "nobody stands by any more");
      const opened = camera.opened;
      process.kill(only(processes(folder).windows, "windows"), "SIGKILL");
      await until(() => camera.opened > opened, "the kiosk does not come up for whoever was called");

      // Switched off, both at once: the next start is at the door.
      const last = only(processes(folder).standing, "who stands by");
      process.kill(last, "SIGSTOP");
      for (const pid of [...processes(folder).windows, last]) process.kill(pid, "SIGKILL");
      await until(
        () => processes(folder).windows.length + processes(folder).standing.length === 0,
        "something still runs",
      );
      window = await reopen((open) => open.close().catch(() => undefined));
      await window.visible(door);
      assert.equal(await window.isVisible(By.css("nav, [role=grid]")), false, "no menu and no list at the door");
      await window.click("Leave the kiosk");
      await window.fill("Password", "a guess at the door");
      await window.press(Key.ENTER);
      await window.visible(By.css("[role=dialog] [role=alert]"));
      await window.press(Key.ESCAPE);
      await leaveKiosk(window, prepared.password);
      await window.go("/students");
      await window.visible(By.css("[role=grid] [role=row][data-body]"));
      await until(() => processes(folder).standing.length === 0, "somebody still stands by");
      await window.closeByButton();
      await until(() => processes(folder).windows.length === 0, "the window came up again after it was left");
    } finally {
      camera.close();
    }
  },
);
