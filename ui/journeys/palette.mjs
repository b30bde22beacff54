// The palette over a place whose single keys write: typed at 20 ms a key on a busy machine, nothing
// reaches the register, and nothing typed is lost. And one sign-in after another in the same window.
import assert from "node:assert/strict";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { demoSchool, journey } from "./lib/journey.mjs";
import { By, Key, quoted } from "./lib/window.mjs";

/** Keeps every core busy until the returned function is called. */
function burn() {
  const workers = Array.from(
    { length: availableParallelism() },
    () => new Worker("for (;;) Math.sqrt(Math.random());", { eval: true }),
  );
  return () => Promise.all(workers.map((worker) => worker.terminate()));
}

const field = By.css("input[aria-label='Search or do']");

/** Types keys at 20 ms each, Ctrl K among them where the text has `^`. */
async function type(window, text) {
  let actions = window.driver.actions();
  for (const key of text)
    actions =
      key === "^"
        ? actions.keyDown(Key.CONTROL).keyDown("k").keyUp("k").keyUp(Key.CONTROL).pause(20)
        : actions.keyDown(key).keyUp(key).pause(20);
  await actions.perform();
}

/** Every mark of the open register: name → pressed code. */
const marks = (window) =>
  window.script(`
  return [...document.querySelectorAll("[role=grid][aria-label^='Register of'] [role=row][data-body]")].map((row) => [row.getAttribute("aria-label"), row.querySelector("[aria-pressed=true]")?.innerText ?? ""]);
`);

async function openRegister(window, title) {
  await window.go("/attendance");
  await window.lead(
    By.xpath(`//*[@role='row'][.//strong[normalize-space()=${quoted(title)}]]`),
    By.css("[role=grid][aria-label^='Register of']"),
  );
  await window.until(
    () => window.script("return document.activeElement.getAttribute('role') === 'row'"),
    "the register does not take the focus",
  );
}

journey(
  "Ctrl K, a name and Enter at 20 ms a key open the child, and write nothing into the register beneath",
  { prepare: demoSchool },
  async ({ window, prepared }) => {
    await window.signIn("demo", prepared.password);
    await window.select("School", prepared.school);
    await openRegister(window, prepared.class);
    const register = new URL(await window.driver.getCurrentUrl()).hash.slice(1);
    const before = await marks(window);
    assert.ok(before.length >= 10, "the register is empty");
    // Names whose letters are all codes of the register: P, A, L, E.
    const names = before.slice(0, 5).map(([name]) => name);
    const rest = burn();
    try {
      for (const name of names) {
        await type(window, `^${name}${Key.ENTER}`);
        await window.visible(By.css(`main aside[aria-label=${quoted(name)}]`));
        assert.equal(await window.isVisible(field), false, "the palette closes");
        await window.go(register);
        await window.until(
          () => window.script("return document.activeElement.getAttribute('role') === 'row'"),
          "the register does not take the focus",
        );
        assert.deepEqual(await marks(window), before, `something was written while ${name} was typed`);
      }
      // Closed, and at once opened again: nothing lies between.
      await type(window, `^pale${Key.ESCAPE}^pale${Key.ESCAPE}^ale`);
      assert.equal(
        await (await window.visible(field)).getAttribute("value"),
        "ale",
        "the field holds what was typed last",
      );
      await type(window, Key.ESCAPE);
      assert.deepEqual(await marks(window), before, "letters typed into the palette marked children");
      await window.gone(field);
      // The field stays where it is while what is found changes.
      const top = async () => (await (await window.visible(field)).getRect()).y;
      await type(window, "^");
      const first = await top();
      for (const key of names[0]) {
        await type(window, key);
        assert.equal(await top(), first, "the field moved");
      }
      await type(window, Key.ESCAPE);
      // A list of keys in front of the register keeps its keys too, and gives the row its focus back.
      await type(window, "?palepale");
      await window.visible(By.css("[role=dialog]"));
      await type(window, Key.ESCAPE);
      assert.deepEqual(await marks(window), before, "letters typed at a dialog marked children");
      await type(window, "a");
      await window.until(
        async () => (await marks(window)).filter(([, code], at) => code !== before[at][1]).length <= 1,
        "one key marks one child",
      );
    } finally {
      await rest();
    }
  },
);

journey(
  "Somebody signs in after somebody else: an own place, no draft of the other, no word of an ended session",
  { prepare: demoSchool },
  async ({ window, prepared }) => {
    const signOut = async () => {
      await window.click("You and this window");
      await window.click("Sign out");
      await window.visible(By.xpath("//h1[normalize-space()='Sign in']"));
    };
    await window.signIn("demo", prepared.password);
    await window.select("School", prepared.school);
    await window.go("/users/new");
    await window.fill("Given name", "Rosa");
    await window.fill("Family name", "Keller");
    await window.fill("User name", "rosa.keller");
    await window.fill("First password", "a quiet morning 7");
    await window.select("Role 1", "Principal");
    await window.click("Add the user");
    await window.gone(By.css("[role=dialog]"));

    // A form half filled and closed stays a draft that says so.
    await window.go("/users/new");
    await window.fill("Given name", "Half");
    await window.press(Key.ESCAPE);
    await window.gone(By.css("[role=dialog]"));
    await window.go("/users");
    for (let time = 0; time < 5; time += 1) {
      await signOut();
      await window.signIn("demo", prepared.password);
      await window.visible(By.css("main [role=grid]"));
      assert.equal(
        await window.isVisible(By.css("[role=dialog]")),
        false,
        "a dialog lies over the screen after signing in again",
      );
    }
    await window.go("/users/new");
    await window.text("This is a draft, typed by");
    assert.equal(await (await window.field("Given name")).getAttribute("value"), "Half");
    await window.press(Key.ESCAPE);
    await window.gone(By.css("[role=dialog]"));
    await window.go("/users");
    await signOut();

    await window.fill("User name", "rosa.keller");
    await window.fill("Password", "a quiet morning 7");
    await window.press(Key.ENTER);
    await window.fill("Current password", "a quiet morning 7");
    await window.fill("New password", "another evening 8");
    await window.fill("New password once more", "another evening 8");
    await window.press(Key.ENTER);
    await window.ready();
    assert.match(await window.driver.getCurrentUrl(), /#\/today/, "the next person begins at an own place");
    await window.go("/users/new");
    assert.equal(
      await (await window.field("Given name")).getAttribute("value"),
      "",
      "another person's draft is not offered",
    );
    assert.equal(await window.isVisible(By.xpath("//*[contains(., 'This is a draft') and not(*)]")), false);
  },
);
