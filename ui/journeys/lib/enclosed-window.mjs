// What happens in the window while nothing may leave: a register by camera, then the kiosk at the door, with a folder and
// with a network camera as their cameras. `node enclosed-window.mjs DATA`, inside of the enclosure.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import path from "node:path";
import { leaveKiosk, openKiosk, stillCamera } from "./door.mjs";
import { By, Window, quoted } from "./window.mjs";

const [data] = process.argv.slice(2);
const vendor = process.env.HOMEROOM_VENDOR ?? path.resolve("../vendor");
const { password, school, class: title } = JSON.parse(readFileSync(path.join(data, "summary.json"), "utf8"));

/** A driver that can be reached in here; the stage's own is outside. */
async function driver() {
  const [port, native] = [4444, 4445];
  const child = spawn(
    path.join(vendor, "tools/bin/tauri-driver"),
    ["--port", String(port), "--native-port", String(native)],
    { stdio: "ignore" },
  );
  const accepts = (of) =>
    new Promise((done) => {
      const socket = connect(of, "127.0.0.1", () => {
        socket.destroy();
        done(true);
      });
      socket.on("error", () => done(false));
    });
  while (!(await accepts(port)) || !(await accepts(native)))
    await new Promise((later) => {
      setTimeout(later, 20);
    });
  process.env.WEBDRIVER_URL = `http://127.0.0.1:${port}/`;
  return child;
}

async function attend(window, camera) {
  await window.signIn("demo", password);
  await window.select("School", school);
  await window.go("/attendance");
  await window.lead(
    By.xpath(`//*[@role='row'][.//strong[normalize-space()=${quoted(title)}]]`),
    By.css("[role=grid][aria-label^='Register of']"),
  );
  await window.click("Camera");
  await window.lead(
    By.xpath("//label[normalize-space()='Folder']"),
    By.xpath("//label[normalize-space()='Folder of pictures']"),
  );
  await window.fill("Folder of pictures", path.join(data, "frames"));
  await window.click("Play the folder");
  await window.text("All pictures were shown");
  await window.click("Stop");
  // Where the day's register was taken before, nobody waits to be confirmed, and it ends without a question.
  await window.lead(
    By.xpath("//button[normalize-space()='End the session']"),
    By.xpath("//label[normalize-space()='Folder of pictures']"),
  );
  await openKiosk(window, { address: camera.address });
  await window.until(
    () => window.script("return document.querySelector('main [role=status] h1').innerText.trim() !== 'Welcome'"),
    "the door does not see who is there",
  );
  await leaveKiosk(window, password);
  await window.closeByButton();
}

const child = await driver();
const camera = await stillCamera(path.join(vendor, "photos", "obama.jpg"));
const window = await Window.open(data);
try {
  await attend(window, camera);
} catch (reason) {
  console.error(
    await window.script("return [location.href, document.body.innerText].join('\\n')").catch(() => "no window"),
  );
  throw reason;
} finally {
  camera.close();
  child.kill();
}
