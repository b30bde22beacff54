// What README promises: nothing about a child leaves the computer. The demo, the window with a camera and the kiosk run where
// a server on loopback answers every name and the system counts whatever is sent elsewhere: no name is asked, nothing is
// sent, and no file stays behind outside of the data folder.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import test from "node:test";
import { run } from "./lib/window.mjs";

const enclosure = path.resolve("journeys/lib/enclosure.mjs");

/** How a program gets namespaces of its own on this system, where it may have them. */
async function namespaces() {
  for (const more of [[], ["--map-root-user"]]) {
    const words = ["--net", "--mount", ...more];
    if (
      await run("unshare", [...words, "ip", "link", "set", "lo", "up"]).then(
        () => true,
        () => false,
      )
    )
      return words;
  }
  return null;
}

const own = process.platform === "linux" ? await namespaces() : null;
const skip =
  own === null &&
  "this system gives a program no network and mount namespaces of its own (`unshare --net --mount`), or has no `ip`";

/** What libraries of every Linux desktop keep of the desktop: its settings' mark, its sound plug-ins, fonts and shaders. */
const ofTheDesktop = [
  "runtime/dconf/",
  "home/.cache/gstreamer-1.0/",
  "home/.cache/fontconfig/",
  "home/.cache/mesa_shader_cache",
];

/** A home with nothing in it but a data folder, and the environment of somebody who lives there. */
function home() {
  const root = mkdtempSync(path.join(tmpdir(), "homeroom-home-"));
  for (const name of ["home", "temporary", "runtime"]) mkdirSync(path.join(root, name), { mode: 0o700 });
  const environment = {
    HOME: path.join(root, "home"),
    TMPDIR: path.join(root, "temporary"),
    XDG_RUNTIME_DIR: path.join(root, "runtime"),
    HOMEROOM_KEY_STORE: "file",
  };
  // The product is silent by itself, not because a test told a library to be.
  for (const name of ["ORT_DISABLE_TELEMETRY", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"])
    environment[name] = undefined;
  const left = () =>
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => path.relative(root, path.join(entry.path, entry.name)))
      .filter((name) => name !== "record.json" && !["data/", ...ofTheDesktop].some((known) => name.startsWith(known)));
  return { root, data: path.join(root, "data"), environment, left };
}

/** One test in a home of its own. */
const at = (name, skip, take) =>
  test(name, { skip }, async () => {
    const place = home();
    try {
      await take(place);
    } finally {
      rmSync(place.root, { recursive: true, force: true, maxRetries: 5 });
    }
  });

/** Runs a program where nothing leads out; resolves with what it looked for. */
async function enclosed({ root, environment }, ...words) {
  const record = path.join(root, "record.json");
  await run("unshare", [...own, process.execPath, enclosure, record, ...words], environment);
  return JSON.parse(readFileSync(record, "utf8"));
}

const silent = { names: [], connections: [], unrouted: 0 };

at("What asks a name or an address is heard", skip, async (place) => {
  const asks =
    "for (const host of ['telemetry.example', '203.0.113.7']) require('node:net').connect(443, host).on('error', () => undefined).resume()";
  const heard = await enclosed(place, process.execPath, "-e", asks);
  assert.ok(heard.names.includes("telemetry.example"), `names: ${heard.names}`);
  assert.ok(heard.connections.length >= 1, "the connection to where the name led");
  assert.ok(heard.unrouted >= 1, "the connection to an address");
});

at("The demo asks no name, sends nothing and leaves no file outside of its folder", skip, async (place) => {
  assert.deepEqual(
    await enclosed(place, process.env.HOMEROOM_BIN, "demo", "--out", place.data, "--data", place.data),
    silent,
  );
  assert.deepEqual(place.left(), []);
});

const photographs = path.join(process.env.HOMEROOM_VENDOR ?? path.resolve("../vendor"), "photos");
const cameras = skip || (!existsSync(photographs) && `not there: ${photographs}; \`cargo xtask setup\` fetches it`);

at(
  "The window with a camera and with the kiosk asks no name, sends nothing and leaves no file outside of the data folder",
  cameras,
  async (place) => {
    await run(process.env.HOMEROOM_BIN, ["demo", "--out", place.data, "--data", place.data], place.environment);
    assert.deepEqual(
      await enclosed(place, process.execPath, path.resolve("journeys/lib/enclosed-window.mjs"), place.data),
      silent,
    );
    assert.deepEqual(place.left(), []);
  },
);
