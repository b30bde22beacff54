// The real window, driven by WebDriver: opened on a data folder of its own, found by what people read.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { closeWindows } from "./x11.mjs";
import { Builder, By, Capabilities, Key } from "selenium-webdriver";

/** How long a thing may take to appear, on a busy machine. */
export const patience = 30_000;

/** A data folder of its own; the test removes it. */
export function freshFolder() {
  const folder = mkdtempSync(path.join(tmpdir(), "homeroom-journey-"));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }) };
}

/** Runs a program and resolves with its output; rejects with what it said when it fails. */
export function run(program, parameters, more = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, { env: { ...process.env, ...more }, stdio: ["ignore", "pipe", "pipe"] });
    let out = "";
    let err = "";
    child.stdout.setEncoding("utf8").on("data", (part) => (out += part));
    child.stderr.setEncoding("utf8").on("data", (part) => (err += part));
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0
        ? resolve(out)
        : reject(new Error(`${path.basename(program)} ${parameters[0]} ended with ${code}\n${out}\n${err}`)),
    );
  });
}

/** Runs the program with a subcommand and waits for it. */
export function homeroom(data, parameters, more = {}) {
  return run(process.env.HOMEROOM_BIN, parameters, { HOMEROOM_DATA: data, HOMEROOM_KEY_STORE: "file", ...more });
}

/** A text as XPath writes it, whatever quotes are in it. */
export const quoted = (text) => (text.includes('"') ? `'${text}'` : `"${text}"`);
const shown = (text) => `normalize-space()=${quoted(text)}`;

/** What WebDriver says when the screen was drawn anew under a click: worth another try. */
const passing = new Set([
  "StaleElementReferenceError",
  "ElementClickInterceptedError",
  "ElementNotInteractableError",
  "NoSuchElementError",
]);

/** The window of one running program. */
export class Window {
  constructor(driver) {
    this.driver = driver;
  }

  /** Opens the program with more of its own options, through another driver where two windows stand side by side. */
  static async open(data, { options = [], server = process.env.WEBDRIVER_URL } = {}) {
    const capabilities = new Capabilities();
    capabilities.set("browserName", "wry");
    capabilities.set("tauri:options", { application: process.env.HOMEROOM_BIN, args: ["--data", data, ...options] });
    const driver = await new Builder().usingServer(server).withCapabilities(capabilities).build();
    return new Window(driver);
  }

  /** Ends the program, whatever it is doing. */
  async close() {
    await this.driver.quit();
  }

  /** Closes the window as its title bar's button does, and waits until the program has ended. */
  async closeByButton() {
    if ((await closeWindows()) === 0) throw new Error("no window on the display can be closed");
    await this.driver.wait(
      () =>
        this.driver.getTitle().then(
          () => false,
          () => true,
        ),
      patience,
      "the window stays open",
    );
    await this.driver.quit().catch(() => undefined);
  }

  script(code, ...values) {
    return this.driver.executeScript(code, ...values);
  }

  /** Calls an operation as whoever is signed in in this window; resolves with `{ output }` or `{ error }`. */
  answer(operation, input) {
    return this.driver.executeAsyncScript(
      `
      const done = arguments[arguments.length - 1];
      window.__TAURI_INTERNALS__.invoke("call", { operation: arguments[0], input: arguments[1] }).then((output) => done({ output }), (error) => done({ error }));
    `,
      operation,
      input,
    );
  }

  /** The same where it must not be refused; resolves with the output. */
  async call(operation, input) {
    const answer = await this.answer(operation, input);
    assert.equal(answer.error, undefined, `${operation}: ${JSON.stringify(answer.error)}`);
    return answer.output;
  }

  /** Waits until the question is answered with something true, and returns it. */
  async until(question, failure) {
    return this.driver.wait(
      async () => {
        try {
          return await question();
        } catch (reason) {
          if (passing.has(reason.name)) return false;
          throw reason;
        }
      },
      patience,
      failure,
    );
  }

  find(locator) {
    return this.until(async () => (await this.driver.findElements(locator))[0] ?? false, `not found: ${locator}`);
  }

  /** The first element of the locator that a person sees. */
  visible(locator) {
    return this.until(async () => {
      for (const element of await this.driver.findElements(locator)) if (await element.isDisplayed()) return element;
      return false;
    }, `not on the screen: ${locator}`);
  }

  async isVisible(locator) {
    for (const element of await this.driver.findElements(locator)) if (await element.isDisplayed()) return true;
    return false;
  }

  /** Waits until the text is on the screen. */
  text(text) {
    return this.visible(
      By.xpath(
        `//*[text()[contains(normalize-space(.), ${quoted(text)})] or ${shown(text)}][not(self::script or self::style)]`,
      ),
    );
  }

  async gone(locator) {
    await this.until(async () => !(await this.isVisible(locator)), `still on the screen: ${locator}`);
  }

  /** A field by its label: of the dialog in front where that has one, since what lies beneath may be called the same. */
  field(label) {
    const named = `//*[self::input or self::textarea][@aria-label=${quoted(label)} or @id=//label[${shown(label)} or ${shown(`${label} *`)}]/@for]`;
    return this.until(async () => {
      for (const locator of [By.xpath(`//*[@role='dialog']${named}`), By.xpath(named)]) {
        for (const element of await this.driver.findElements(locator)) if (await element.isDisplayed()) return element;
      }
      return false;
    }, `no field on the screen: ${label}`);
  }

  async fill(label, value) {
    await this.until(async () => {
      const field = await this.field(label);
      await field.click();
      await this.script("arguments[0].select()", field);
      await field.sendKeys(value);
      return true;
    }, `cannot be filled: ${label}`);
  }

  /** Chooses from a list that opens under a field: the option named, or the first. Resolves with its text. */
  async select(label, option) {
    await this.until(async () => {
      await (await this.field(label)).click();
      return true;
    }, `cannot be opened: ${label}`);
    const chosen = option ?? (await (await this.visible(By.css("[role=option]"))).getText()).trim();
    await this.click(chosen, "@role='option'");
    return chosen;
  }

  /** Ticks a box or turns a switch on, with the space bar; leaves it when it is on already. */
  turnOn(label) {
    return this.turn(label, true);
  }

  /** The same, on or off. */
  async turn(label, wanted) {
    const box = await this.until(
      () =>
        this.script(
          `
      return [...document.querySelectorAll("input[type=checkbox]")].find((one) => [...one.labels].some((label) => label.innerText.trim().startsWith(arguments[0]))) ?? null;
    `,
          label,
        ),
      `nothing to tick: ${label}`,
    );
    const right = async () => (await this.script("return arguments[0].checked", box)) === wanted;
    if (await right()) return;
    await this.script("arguments[0].focus()", box);
    await this.press(Key.SPACE);
    await this.until(right, `stays as it was: ${label}`);
  }

  /** Clicks a button, link, tab or menu item by its text or label. */
  async click(
    label,
    kind = "self::button or self::a or @role='tab' or @role='menuitem' or @role='menuitemradio' or @role='option' or @role='button' or self::summary",
  ) {
    const locator = By.xpath(`//*[${kind}][${shown(label)} or @aria-label=${quoted(label)} or .//*[${shown(label)}]]`);
    return this.tap(locator);
  }

  /** Clicks what a locator finds, once it can be clicked. */
  tap(locator) {
    return this.until(async () => {
      const element = await this.visible(locator);
      if (!(await element.isEnabled())) return false;
      await element.click();
      return element;
    }, `cannot be clicked: ${locator}`);
  }

  /** Clicks until what the click leads to is there: a list may be drawn anew under the first click. */
  async lead(from, to) {
    await this.until(async () => {
      if (await this.isVisible(to)) return true;
      for (const element of await this.driver.findElements(from)) {
        if (!(await element.isDisplayed())) continue;
        await element.click();
        break;
      }
      return false;
    }, `${from} did not lead to ${to}`);
  }

  /** Types keys to whatever has the focus. */
  async press(...keys) {
    await this.driver
      .actions()
      .sendKeys(...keys)
      .perform();
  }

  /** Types at the pace of a person: so many milliseconds from key to key. */
  async type(text, pace) {
    let actions = this.driver.actions();
    for (const key of text) actions = actions.keyDown(key).keyUp(key).pause(pace);
    await actions.perform();
  }

  /** Presses keys together. */
  async chord(...keys) {
    const last = keys.at(-1);
    let actions = this.driver.actions();
    for (const key of keys.slice(0, -1)) actions = actions.keyDown(key);
    actions = actions.sendKeys(last);
    for (const key of keys.slice(0, -1).reverse()) actions = actions.keyUp(key);
    await actions.perform();
  }

  /** Puts a text into the real clipboard, as copying it in another program does. */
  async copy(text) {
    await this.script(
      `
      const from = document.activeElement;
      const area = document.createElement("textarea");
      area.id = "journey-clipboard";
      area.style.cssText = "position:fixed;inset-block-start:0;inset-inline-start:0";
      area.value = arguments[0];
      document.body.append(area);
      window.journeyFocus = from;
      area.focus();
      area.select();
    `,
      text,
    );
    await this.chord(Key.CONTROL, "c");
    await this.script(`document.getElementById("journey-clipboard").remove(); window.journeyFocus?.focus();`);
  }

  /** Opens a place by its address, as the router writes it. */
  async go(place) {
    await this.script("window.location.hash = arguments[0]", place);
  }

  /** Hands files to the screen's (hidden) file input. */
  async choose(files, nth = 0) {
    const input = await this.until(
      async () => (await this.driver.findElements(By.css("input[type=file]")))[nth] ?? false,
      "no field for a file",
    );
    await input.sendKeys([files].flat().join("\n"));
  }

  async signIn(username, password) {
    await this.fill("User name", username);
    await this.fill("Password", password);
    await this.press(Key.ENTER);
    await this.ready();
  }

  /** Waits until a screen is shown in the frame: whoever is signed in has been led to the first place. */
  async ready() {
    await this.until(
      async () =>
        await this.script("return document.querySelector('main h1, main h2') !== null && location.hash.length > 2"),
      "no screen is shown",
    );
  }

  /** Chooses "Light", "Dark" or a language by its own name in the person's menu. */
  async look(choice) {
    await this.click("You and this window");
    const item = By.xpath(`//*[@role='menuitemradio'][${shown(choice)}]`);
    await this.tap(item);
    await this.press(Key.ESCAPE);
    await this.gone(item);
  }

  /** A PNG of the window. */
  async picture() {
    return Buffer.from(await this.driver.takeScreenshot(), "base64");
  }
}

export { By, Key };
