// Whoever finds a signed-in screen: it locks itself, hides everything, and goes on where it was for its person; somebody
// else signs in over it and finds nothing of the first one's. What changes rights asks for the password again.
import assert from "node:assert/strict";
import { demoSchool, journey } from "./lib/journey.mjs";
import { By, Key } from "./lib/window.mjs";

const lock = By.css("[data-lock]");

/** Lets so many minutes pass for the screen, which reads the clock of the web view. */
const pass = (window, minutes) =>
  window.script(
    "const now = Date.now.bind(Date); const by = arguments[0] * 60000; Date.now = () => now() + by;",
    minutes,
  );

/** What a person can see of the window: the texts of all that is drawn. */
const seen = (window) =>
  window.script(`
  return [...document.querySelectorAll("body *")].filter((one) => one.children.length === 0 && one.textContent.trim() !== "" && one.checkVisibility({ visibilityProperty: true })).map((one) => one.textContent.trim());
`);

journey(
  "A screen that nobody touches locks itself, and everything is there again for its person",
  { prepare: demoSchool },
  async ({ window, prepared }) => {
    await window.signIn("demo", prepared.password);
    await window.go("/students/new");
    await window.fill("Given name", "Ann");
    await window.fill("Family name", "Leeward");
    // A moment before the time that the school says; then the time is over.
    const { output: me } = await window.answer("accounts.whoami", {});
    assert.equal(me.lockAfterMinutes, 15);
    await pass(window, 16);
    await window.visible(lock);
    await window.until(
      async () => (await window.answer("people.list_students", { school: me.schools[0].id })).error?.code === "locked",
      "the sign-in is not locked",
    );
    for (const [operation, input] of [
      ["accounts.whoami", {}],
      ["accounts.list_users", { school: me.schools[0].id }],
      ["accounts.change_password", { current: "x", new: "yyyyyyyyyy" }],
    ]) {
      assert.equal((await window.answer(operation, input)).error?.code, "locked", operation);
    }
    const texts = await seen(window);
    assert.ok(
      texts.includes("Locked") && !texts.some((text) => /Given name|Students|Today/.test(text)),
      `still to be seen: ${texts.join(" | ")}`,
    );

    // Every key is dead beneath: the palette, the list of keys, Tab, Escape, saving.
    await window.chord(Key.CONTROL, "k");
    await window.chord(Key.CONTROL, "s");
    await window.press(Key.ESCAPE);
    for (let nth = 0; nth < 6; nth += 1) await window.press(Key.TAB);
    assert.ok(
      await window.script("return document.querySelector('[data-lock]').contains(document.activeElement)"),
      "the focus left the locked screen",
    );
    assert.equal(
      await window.script("return document.querySelector('[role=combobox][placeholder^=\"Search students\"]')"),
      null,
    );

    await window.fill("Password", "not it");
    await window.press(Key.ENTER);
    await window.text("This is not your password.");
    await window.fill("Password", prepared.password);
    await window.press(Key.ENTER);
    await window.gone(lock);
    assert.equal(await (await window.field("Given name")).getAttribute("value"), "Ann");
    assert.equal(await (await window.field("Family name")).getAttribute("value"), "Leeward");
  },
);

journey(
  "Somebody else signs in over a locked screen, and each finds only what is their own",
  { prepare: demoSchool },
  async ({ window, prepared }) => {
    await window.signIn("demo", prepared.password);
    const { output: me } = await window.answer("accounts.whoami", {});
    const school = me.schools[0].id;
    const password = "nine green bottles";
    const user = {
      username: "cora",
      givenName: "Cora",
      familyName: "Quill",
      staff: null,
      student: null,
      disabled: false,
      password,
      roles: [{ role: "counsellor", school, district: null }],
      id: null,
      version: null,
    };
    assert.equal((await window.answer("accounts.save_user", user)).error, undefined);

    await window.go("/students/new");
    await window.fill("Given name", "Ann");
    // At once, also over a form that is half filled.
    await window.chord(Key.CONTROL, "l");
    await window.visible(lock);
    await window.click("Sign in as somebody else");
    await window.fill("User name", "cora");
    await window.fill("Password", password);
    await window.press(Key.ENTER);
    await window.gone(lock);
    await window.text("Choose your own password");
    const texts = await seen(window);
    assert.ok(!texts.some((text) => text.includes("Given name")), "the first one's form is shown");
    const { error } = await window.answer("accounts.list_users", { school });
    assert.equal(error?.code, "forbidden");
    // The same password is no new one.
    await window.fill("Current password", password);
    await window.fill("New password", password);
    await window.fill("New password once more", password);
    await window.press(Key.ENTER);
    await window.text("This is the password that you have now. Choose another.");
    await window.fill("Current password", password);
    await window.fill("New password", "ten green bottles");
    await window.fill("New password once more", "ten green bottles");
    await window.press(Key.ENTER);
    await window.ready();
    assert.ok(
      !(await window.script("return location.hash")).includes("students/new"),
      "the first one's place is shown",
    );

    await window.click("You and this window");
    await window.click("Sign out");
    await window.signIn("demo", prepared.password);
    await window.go("/students/new");
    await window.until(
      async () => (await (await window.field("Given name")).getAttribute("value")) === "Ann",
      "the draft is gone",
    );
  },
);
