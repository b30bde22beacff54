// A person at the door: films of one, and a network camera before which one follows what the screen asks.
// No live person was filmed: the frames are a photograph laid over the form of a head, or over a sheet.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { By, Key, run } from "./window.mjs";

/** The program that draws them; `cargo build -p vision --example door_films` makes it. */
export const painter = path.join(
  path.dirname(process.env.HOMEROOM_BIN ?? "."),
  "examples",
  `door_films${process.platform === "win32" ? ".exe" : ""}`,
);

/** Draws films and turns of whoever is on the photograph into the folder. */
export async function paint(vendor, photograph, folder) {
  await run(painter, [vendor, photograph, folder]);
  return folder;
}

/** Frames in a second. */
const rate = 10;
/** Degrees: the furthest turn, how far a head turns from frame to frame, and the step between drawn turns. */
const most = 33;
const speed = 6;
const step = 3;
/** Frames until a person has seen what is asked; the journey takes some more to tell. */
const reaction = 3;
/** To the person's own left is to the right of a picture that is not mirrored. */
const turns = { "Turn your head to the left": most, "Turn your head to the right": -most };

/** A motion JPEG camera at a loopback address. Who stands before it turns as the screen asks; nobody at first. */
export class DoorCamera {
  /** `frames` is where [`paint`] drew. */
  static async open(frames) {
    const camera = new DoorCamera(frames);
    await new Promise((ready, failed) => {
      camera.server.once("error", failed).listen(0, "127.0.0.1", ready);
    });
    camera.address = `http://127.0.0.1:${camera.server.address().port}/stream`;
    camera.timer = setInterval(() => camera.show(), 1000 / rate);
    return camera;
  }

  constructor(frames) {
    Object.assign(this, {
      frames,
      asked: "",
      since: 0,
      who: null,
      slower: 1,
      aside: 0,
      number: 0,
      heard: [],
      viewers: new Set(),
    });
    this.server = createServer((_request, response) => {
      response.writeHead(200, { "Content-Type": "multipart/x-mixed-replace; boundary=frame" });
      this.viewers.add(response);
      response.on("close", () => this.viewers.delete(response));
    });
  }

  /** "head", "sheet", or null for nobody; turns so many times slower than a person in no hurry. */
  standsThere(who, slower = 1) {
    Object.assign(this, { who, slower, aside: 0, heard: [] });
  }

  /** Turns a little towards what was asked a moment ago, and sends a frame to whoever looks. */
  show() {
    this.heard.push(this.asked);
    const wanted = turns[this.heard.at(-reaction)] ?? 0;
    this.aside += Math.max(-speed / this.slower, Math.min(speed / this.slower, wanted - this.aside));
    this.number += 1;
    const name =
      this.who === null
        ? path.join("empty", `${this.number % 10}.jpg`)
        : path.join(this.who, `${Math.round(this.aside / step) * step}_${this.number % 2}.jpg`);
    const jpeg = readFileSync(path.join(this.frames, name));
    for (const viewer of this.viewers) {
      viewer.write(`--frame\r\nContent-Type: image/jpeg\r\nContent-Length: ${jpeg.length}\r\n\r\n`);
      viewer.write(jpeg);
      viewer.write("\r\n");
    }
  }

  /**
   * Waits until what the screen has said answers the question, and tells what it asks to who stands there. `since` is for
   * how many milliseconds it has asked the same.
   */
  until(window, question, failure) {
    return window.until(async () => {
      const heard = await heardAtDoor(window);
      if (heard.now !== this.asked) Object.assign(this, { asked: heard.now, since: Date.now() });
      return question({ ...heard, since: Date.now() - this.since });
    }, failure);
  }

  async close() {
    clearInterval(this.timer);
    for (const viewer of this.viewers) viewer.destroy();
    await new Promise((closed) => {
      this.server.close(closed);
    });
  }
}

/** A motion JPEG camera at a loopback address that shows one photograph again and again. `opened` counts who looked. */
export async function stillCamera(photograph) {
  const picture = readFileSync(photograph);
  const server = createServer((_, response) => {
    camera.opened += 1;
    response.writeHead(200, { "Content-Type": "multipart/x-mixed-replace; boundary=frame" });
    const timer = setInterval(() => {
      response.write(`--frame\r\nContent-Type: image/jpeg\r\nContent-Length: ${picture.length}\r\n\r\n`);
      response.write(picture);
      response.write("\r\n");
    }, 1000 / rate);
    response.on("close", () => clearInterval(timer));
  });
  const camera = {
    opened: 0,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  await new Promise((ready, failed) => {
    server.once("error", failed).listen(0, "127.0.0.1", ready);
  });
  camera.address = `http://127.0.0.1:${server.address().port}/stream`;
  return camera;
}

/** Opens the kiosk with a folder that plays again and again, or with the camera at an address. */
export async function openKiosk(window, { folder, address }) {
  await window.go("/attendance/kiosk");
  const [kind, field] = folder === undefined ? ["Network", "Address of the camera"] : ["Folder", "Folder of pictures"];
  await window.lead(
    By.xpath(`//label[normalize-space()='${kind}']`),
    By.xpath(`//label[normalize-space()='${field}']`),
  );
  if (folder === undefined) await window.fill("Address of the camera", address);
  else {
    await window.fill("Folder of pictures", folder);
    await window.turnOn("Begin again at the end");
  }
  await listen(window);
  await window.click("Open the kiosk at the door");
  await window.visible(By.css("main [role=status] h1"));
}

export async function leaveKiosk(window, password) {
  await window.click("Leave the kiosk");
  await window.fill("Password", password);
  await window.press(Key.ENTER);
  await window.visible(By.css("nav a"));
}

/** Takes down from now on whatever the screen at the door says, each once in a row, and how many tones are played. */
async function listen(window) {
  await window.script(`
    const heard = { said: [], tones: 0 };
    window.journeyDoor = heard;
    if (window.journeyTones === undefined) {
      const start = OscillatorNode.prototype.start;
      OscillatorNode.prototype.start = function (...rest) { window.journeyDoor.tones += 1; return start.apply(this, rest); };
      window.journeyTones = true;
    }
    window.journeyEar?.disconnect();
    window.journeyEar = new MutationObserver(() => {
      const message = document.querySelector("main > div [role=status]");
      if (message === null) return;
      const said = [...message.children].map((one) => one.innerText?.trim() ?? "").filter((text) => text !== "").join(" | ");
      if (said !== "" && heard.said.at(-1) !== said) heard.said.push(said);
    });
    window.journeyEar.observe(document.body, { subtree: true, childList: true, characterData: true });
  `);
}

/** What the screen has said since the kiosk opened, what it asks now, and how many tones were played: `{ said, now, tones }`. */
export const heardAtDoor = (window) =>
  window.script(
    "return { ...window.journeyDoor, now: document.querySelector('main > div [role=status] h1')?.innerText.trim() ?? '' }",
  );
