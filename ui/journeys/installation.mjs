// What the program is like on a computer: a second start, how the installation is doing, a database's password.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { once } from "node:events";
import path from "node:path";
import { demoSchool, journey } from "./lib/journey.mjs";
import { By, homeroom } from "./lib/window.mjs";
import { closeWindows } from "./lib/x11.mjs";

journey(
  "A second start on the same data ends by itself and leaves the window as it is",
  {},
  async ({ window, folder }) => {
    await window.text("Set up your school");
    // It ends with 0, which a program that cannot open its data does not.
    await homeroom(folder, ["--data", folder]);
    // The first one still has its data: no error took the screen's place.
    await window.driver.navigate().refresh();
    await window.text("Set up your school");
  },
);

/** The process of the program whose window is open on this data. */
function processOf(folder) {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .find((pid) => {
      try {
        const words = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
        return path.basename(words[0]) === path.basename(process.env.HOMEROOM_BIN) && words.includes(folder);
      } catch {
        return false;
      }
    });
}

journey(
  "A start that asks a window to come forward which ends at that moment opens one of its own",
  { skip: spawnSync("dbus-monitor", ["--version"]).error !== undefined && "not there: dbus-monitor" },
  async ({ window, folder, reopen }) => {
    await window.text("Set up your school");
    const first = Number(processOf(folder));
    const asked = spawn("dbus-monitor", ["--session", "member='ExecuteCallback'"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    // It says what it listens to first.
    await once(asked.stdout, "data");
    process.kill(first, "SIGSTOP");
    const second = spawn(process.env.HOMEROOM_BIN, ["--data", folder], { stdio: ["ignore", "ignore", "inherit"] });
    const ended = once(second, "exit");
    for await (const said of asked.stdout) if (String(said).includes("ExecuteCallback")) break;
    process.kill(first, "SIGKILL");
    asked.kill();
    // Its window is closed as soon as it is there; before it knows more it takes a moment to be heard.
    const closing = setInterval(() => void closeWindows().catch(() => undefined), 200);
    const [code] = await ended;
    clearInterval(closing);
    assert.equal(code, 0, "the second start did not open a window");
    await (await reopen((open) => open.close().catch(() => undefined))).text("Set up your school");
  },
);

journey(
  "Whoever keeps Homeroom running sees how the installation is doing",
  { prepare: demoSchool },
  async ({ window, prepared }) => {
    await window.signIn("demo", prepared.password);
    await window.go("/settings/about");
    const facts = await window.visible(By.xpath("//section[@aria-labelledby='health-now']//dl"));
    const told = [/free of/, /homeroom\.db/, /Answers in\s*[\d.,]+ ms/, /There is none\./, /does not update itself/];
    // As it is drawn: the driver leaves out what stands in an isolated direction.
    await window.until(async () => {
      const said = await facts.getProperty("innerText");
      return told.every((what) => what.test(said));
    }, "not all of how the installation is doing is told");
  },
);
