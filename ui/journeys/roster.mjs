// The office moves, ends and enrols: from the student in three clicks, from the class with the actions in
// sight however far down the ticked rows are; a new child is said to be alike and gets the next number.
import assert from "node:assert/strict";
import { demoSchool, journey } from "./lib/journey.mjs";
import { By } from "./lib/window.mjs";

const classesOf = "//aside//section[.//h3[normalize-space()='Classes']]";
const button = (label) =>
  By.xpath(`${classesOf}//button[starts-with(@aria-label, '${label}') or normalize-space()='${label}']`);

/** Clicks a button, an option and the submit button: three clicks, no more. */
async function inThree(window, first, field, submit) {
  await window.tap(first);
  const option = By.css("[role=option]");
  if (field !== null && !(await window.isVisible(option))) await (await window.field(field)).click();
  const chosen = field === null ? null : (await (await window.visible(option)).getText()).trim();
  if (field !== null) await window.tap(option);
  await window.tap(By.xpath(`//*[@role='dialog']//button[@type='submit'][contains(., '${submit}')]`));
  await window.gone(By.css("[role=dialog]"));
  return chosen;
}

journey(
  "Moved, ended and enrolled from the student; the actions of a class stay in sight",
  { prepare: demoSchool },
  async ({ window, prepared }) => {
    await window.signIn("demo", prepared.password);
    await window.go("/students");
    const name = await window.until(
      () =>
        window.script(
          "return document.querySelector('main [role=row][data-body] [role=gridcell] bdi')?.innerText.trim() ?? ''",
        ),
      "no student is listed",
    );
    assert.match(name, /^\S.*, \S/, "the list does not name people by family name");
    await window.lead(By.css("[role=row][data-body]"), button("Move out of"));

    const to = await inThree(window, button("Move out of"), "New class", "Move");
    await window.visible(By.xpath(`${classesOf}//li[.//button[normalize-space()='${to}']]`));
    await inThree(window, button("End the time in"), null, "End");
    await window.visible(By.xpath(`${classesOf}//button[normalize-space()='Enrol in a class']`));
    await window.until(
      async () =>
        (
          await window.script(
            "return [...document.querySelectorAll('aside section')].find((one) => one.querySelector('h3')?.innerText.trim() === 'Classes').innerText",
          )
        ).split(" to ").length > 2,
      "the time in the class does not end",
    );

    // The class: the last student is ticked, and what can be done is there without scrolling.
    await window.go("/classes");
    await window.lead(By.css("[role=row][data-body]"), By.css("aside table tbody input[type=checkbox]"));
    await window.script(
      "[...document.querySelectorAll('aside table tbody input[type=checkbox]')].at(-1).scrollIntoView()",
    );
    await window.script("[...document.querySelectorAll('aside table tbody input[type=checkbox]')].at(-1).click()");
    await window.text("1 chosen");
    const seen = await window.until(
      () =>
        window.script(`
    const button = [...document.querySelectorAll("aside button")].find((one) => one.innerText.trim() === "Move…");
    if (button === undefined) return false;
    const { left, top, width, height } = button.getBoundingClientRect();
    return button.contains(document.elementFromPoint(left + width / 2, top + height / 2)) ? "in sight" : false;
  `),
      "the actions of the ticked rows are out of sight",
    );
    assert.equal(seen, "in sight");

    // Classes as people count them.
    const titles = await window.script(
      "return [...document.querySelectorAll('main [role=row][data-body] strong')].map((one) => one.innerText)",
    );
    assert.deepEqual(
      titles,
      titles.toSorted(
        (one, other) => Number.parseInt(one, 10) - Number.parseInt(other, 10) || one.localeCompare(other),
      ),
    );

    // A child who is here already, and the next number.
    const [family, given] = name.replace(/ \(.*\)$/, "").split(", ");
    await window.go("/students/new");
    await window.fill("Given name", given.toUpperCase());
    await window.fill("Family name", family.toLowerCase());
    await window.visible(By.xpath("//*[@role='dialog']//*[contains(normalize-space(text()), 'like this')]"));
    await window.visible(By.xpath(`//*[@role='dialog']//button[normalize-space()="${family}, ${given}"]`));
    const offered = await window.until(
      () =>
        window.script(
          "return [...document.querySelectorAll('[role=dialog] button')].map((one) => one.innerText.trim()).find((text) => text.startsWith('Take the next free number')) ?? ''",
        ),
      "no number is offered",
    );
    await window.click(offered);
    const number = await (await window.field("Number")).getAttribute("value");
    assert.ok(offered.endsWith(number) && /\d$/.test(number), `${offered}: ${number}`);

    // Given names first, once the school says so.
    await window.go("/settings/writing");
    await window.select("Names in lists", "Given name first: Mina Okonkwo");
    await window.click("Save");
    await window.text("Saved");
    await window.go("/students");
    await window.visible(By.css("[role=row][data-body] bdi"));
    await window.until(async () => {
      const names = await window.script(
        "return [...document.querySelectorAll('[role=row][data-body] [role=gridcell]:nth-child(2) bdi')].map((one) => one.innerText)",
      );
      return (
        names.length > 5 &&
        names.every((one) => !one.includes(",")) &&
        names
          .slice(0, 5)
          .every(
            (one, place) => place === 0 || names[place - 1].localeCompare(one, undefined, { sensitivity: "base" }) <= 0,
          )
      );
    }, "the list is not sorted by given name");
  },
);
