// The real window, driven by WebDriver: opened on a data folder of its own, found by what people read.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Builder, By, Capabilities, Key, until } from "selenium-webdriver";

/** How long a thing may take to appear, on a busy machine. */
const patience = 30_000;

/** A data folder of its own; the test removes it. */
export function freshFolder() {
  const folder = mkdtempSync(path.join(tmpdir(), "homeroom-journey-"));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }) };
}

/** Runs the program with a subcommand and waits for it. */
export function homeroom(data, parameters, more = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.env.HOMEROOM_BIN, parameters, {
      env: { ...process.env, HOMEROOM_DATA: data, HOMEROOM_KEY_STORE: "file", ...more },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let out = "";
    let err = "";
    child.stdout.on("data", (part) => (out += part));
    child.stderr.on("data", (part) => (err += part));
    child.on("error", reject);
    child.on("close", (code) => (code === 0 ? resolve(out) : reject(new Error(`homeroom ${parameters[0]}: ${code}\n${err}`))));
  });
}

const quoted = (text) => (text.includes('"') ? `'${text}'` : `"${text}"`);
const shown = (text) => `normalize-space()=${quoted(text)}`;

/** The window of one running program. */
export class Window {
  constructor(driver) {
    this.driver = driver;
  }

  static async open(data) {
    // The program inherits the driver's environment, so its folder is passed through it by a wrapper argument.
    const capabilities = new Capabilities();
    capabilities.set("browserName", "wry");
    capabilities.set("tauri:options", { application: process.env.HOMEROOM_BIN, args: ["--data", data] });
    const driver = await new Builder().usingServer(process.env.WEBDRIVER_URL).withCapabilities(capabilities).build();
    return new Window(driver);
  }

  /** Ends the program as a person does who closes the window. */
  async close() {
    await this.driver.quit();
  }

  find(locator) {
    return this.driver.wait(until.elementLocated(locator), patience, `not found: ${locator}`);
  }

  async visible(locator) {
    const element = await this.find(locator);
    await this.driver.wait(until.elementIsVisible(element), patience, `not visible: ${locator}`);
    return element;
  }

  /** Waits until the text is on the screen. */
  text(text) {
    return this.visible(By.xpath(`//*[contains(normalize-space(text()), ${quoted(text)})]`));
  }

  async gone(locator) {
    await this.driver.wait(async () => (await this.driver.findElements(locator)).length === 0, patience, `still there: ${locator}`);
  }

  /** A field by its label. */
  async field(label) {
    const found = await this.visible(By.xpath(
      `//*[self::input or self::textarea][@aria-label=${quoted(label)} or @id=//label[${shown(label)} or ${shown(`${label} *`)}]/@for]`,
    ));
    return found;
  }

  async fill(label, value) {
    const field = await this.field(label);
    await field.click();
    await this.driver.executeScript("arguments[0].select()", field);
    await field.sendKeys(value);
  }

  /** Clicks a button, link, tab or menu item by its text or label. */
  async click(label) {
    const locator = By.xpath(
      `//*[self::button or self::a or @role='tab' or @role='menuitem' or @role='option' or @role='button']` +
      `[${shown(label)} or @aria-label=${quoted(label)} or .//*[${shown(label)}]]`,
    );
    const element = await this.visible(locator);
    await this.driver.wait(until.elementIsEnabled(element), patience, `disabled: ${label}`);
    await element.click();
    return element;
  }

  /** Types keys to whatever has the focus. */
  async press(...keys) {
    await this.driver.actions().sendKeys(...keys).perform();
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

  /** Opens a place by its address, as the router writes it. */
  async go(place) {
    await this.driver.executeScript("window.location.hash = arguments[0]", place);
  }

  /** Hands a file to the screen's (hidden) file input. */
  async choose(file, nth = 0) {
    await this.find(By.css("input[type=file]"));
    const inputs = await this.driver.findElements(By.css("input[type=file]"));
    await inputs[nth].sendKeys(file);
  }

  /** A PNG of the window. */
  async picture() {
    return Buffer.from(await this.driver.takeScreenshot(), "base64");
  }
}

export { By, Key, until };
