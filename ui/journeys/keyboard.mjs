// The main screens without a mouse, and what axe-core says of them in the real window.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { demoSchool, journey } from "./lib/journey.mjs";
import { By, Key } from "./lib/window.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe-core finds serious or critical, one line each. */
async function findings(window, place) {
  await window.script(axe);
  const found = await window.driver.executeAsyncScript(`
    const done = arguments[arguments.length - 1];
    axe.run(document, { resultTypes: ["violations"] }).then(
      ({ violations }) => done(violations.filter(({ impact }) => impact === "serious" || impact === "critical")
        .map(({ id, help, nodes }) => id + ": " + help + "\\n    " + nodes.slice(0, 4).map((node) => node.html.slice(0, 200) + " " + node.any.map(({ message }) => message).join("; ")).join("\\n    "))),
      (reason) => done(["axe-core failed: " + reason]));
  `);
  return found.map((finding) => `${place}: ${finding}`);
}

/** Screens by their address, and what is on them once they are drawn. */
const places = [
  ["/today", "h1, h2"],
  ["/students", "[role=row] bdi"],
  ["/classes", "[role=row] strong"],
  ["/attendance", "[role=row] strong"],
  ["/attendance/kiosk", "h1"],
  ["/marks", "[role=row] strong"],
  ["/reports", "canvas"],
  ["/analytics", "svg[viewBox]"],
  ["/faces", "h1"],
  ["/faces/bulk", "button"],
  ["/faces/alike", "h1"],
  ["/faces/uses", "h1"],
  ["/faces/keys", "h2"],
  ["/settings/faces", "form"],
  ["/users", "[role=row]"],
  ["/settings", "form"],
  ["/import", "button"],
  ["/account/sessions", "h1"],
];

async function open(window, place, mark) {
  await window.go(place);
  await window.visible(By.css(`main ${mark}`));
  await window.gone(By.css("main [role=status][aria-label=Loading]"));
}

journey(
  "No serious finding of axe-core on the main screens, light and dark",
  { prepare: demoSchool },
  async ({ window, prepared }) => {
    await window.visible(By.css("input"));
    const found = await findings(window, "sign-in");
    await window.signIn("demo", prepared.password);
    for (const scheme of ["light", "dark"]) {
      await window.look(scheme === "dark" ? "Dark" : "Light");
      for (const [place, mark] of places) {
        await open(window, place, mark);
        found.push(...(await findings(window, `${place}, ${scheme}`)));
      }
      // A mark sheet and a register, from their lists.
      await open(window, "/marks", "[role=row] strong");
      await window.lead(By.css("[role=row][data-body]"), By.css("[role=grid][aria-label^='Marks of']"));
      found.push(...(await findings(window, `mark sheet, ${scheme}`)));
      await open(window, "/attendance", "[role=row] strong");
      await window.lead(By.css("[role=row][data-body]"), By.css("[role=grid][aria-label^='Register of']"));
      found.push(...(await findings(window, `register, ${scheme}`)));
    }
    assert.equal(found.length, 0, found.join("\n"));
  },
);

/** What has the focus, as a person would name it. */
const focused = (window) =>
  window.script(`
  const at = document.activeElement;
  return { tag: at.tagName, role: at.getAttribute("role"), name: at.getAttribute("aria-label") ?? at.innerText ?? "", seen: at.getClientRects().length > 0 };
`);

journey(
  "A student is found, a mark typed and a register taken with the keyboard alone",
  { prepare: demoSchool },
  async ({ window, prepared }) => {
    // Sign-in: the first field has the focus.
    await window.visible(By.css("input"));
    await window.press("demo", Key.TAB, prepared.password, Key.ENTER);
    await window.ready();

    // Every stop of Tab can be seen and has a name.
    await open(window, "/students", "[role=row] bdi");
    const stops = [];
    await window.script("document.querySelector('a[href=\"#screen\"]').focus()");
    for (let stop = 0; stop < 20; stop += 1) {
      await window.press(Key.TAB);
      const at = await focused(window);
      if (at.tag === "BODY") break;
      assert.ok(at.seen, `a stop of Tab that nobody sees: ${JSON.stringify(at)}`);
      stops.push(at);
    }
    assert.ok(stops.length > 8, "Tab leads nowhere");

    // The palette leads to the marks, arrows and Enter into a sheet, and a mark is typed there.
    await window.chord(Key.CONTROL, "k");
    await window.visible(By.css("input[aria-label='Search or do']"));
    await window.press("type marks");
    await window.visible(By.xpath("//*[@role='option'][normalize-space()='Type marks']"));
    await window.press(Key.ENTER);
    await window.visible(By.css("main [role=row] strong"));
    await window.until(
      () => window.script("return document.querySelector('[aria-modal=true]') === null"),
      "the palette stays open",
    );
    await window.press("j");
    await window.press(Key.ENTER);
    await window.visible(By.css("[role=grid][aria-label^='Marks of']"));
    await window.until(async () => {
      if ((await focused(window)).name.startsWith("Marks of")) return true;
      await window.press(Key.TAB);
      return false;
    }, "Tab does not lead to the sheet");
    await window.press("1", "1", Key.ENTER);
    await window.visible(By.xpath("//*[@role='status'][normalize-space()='Saved']"));

    // The register: a letter a student, the cursor goes on by itself.
    await open(window, "/attendance", "[role=row] strong");
    await window.press("j");
    await window.press(Key.ENTER);
    await window.visible(By.css("[role=grid][aria-label^='Register of']"));
    await window.until(async () => (await focused(window)).role === "row", "the register does not take the focus");
    await window.press("a");
    await window.press("p");
    await window.chord(Key.CONTROL, Key.ENTER);
    await window.until(
      async () =>
        (await window.script(
          "return document.querySelectorAll('[role=row][data-body]:not(:has([aria-pressed=true]))').length",
        )) === 0,
      "not everybody has a code",
    );
    await window.visible(By.xpath("//*[@role='status'][normalize-space()='Saved']"));
  },
);
