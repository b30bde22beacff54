// Steps that the journeys with faces share.
import { By, quoted } from "./window.mjs";

/** Changes to the other of the two demo schools: in the first one the demo has enrolled somebody already. */
export async function toOtherSchool(window, school) {
  await window.click("School", "self::input");
  await window.tap(By.xpath(`//*[@role='option'][normalize-space()!=${quoted(school)}]`));
}

/** The school turns recognition on, with the wording to which guardians agree, and the settings named on or off. */
export async function turnFacesOn(window, settings = {}) {
  await window.go("/settings/faces");
  await window.turnOn("Faces may be enrolled and recognised at this school");
  await window.fill(
    "What guardians agree to",
    "The school recognises faces to take the register. Only encrypted numbers are kept.",
  );
  await window.fill("Version of the wording", "2026-1");
  for (const [label, on] of Object.entries(settings)) await window.turn(label, on);
  await window.tap(By.css("form button[type=submit]"));
  await window.text("Saved");
}

/** What the lists show of a student who is called so. */
const shownAs = new Map();

/** The name, given name first, of the class's student at this place of the faces list, which shows "Family, Given". */
export async function listed(window, place) {
  const shown = await window.until(
    () =>
      window.script(
        `
    const list = document.querySelector("main [role=grid]:not([aria-busy=true])");
    return location.hash.includes("class=") ? list?.querySelectorAll("[role=row][data-body]")[arguments[0]]?.querySelector("[role=gridcell]")?.innerText.trim() ?? "" : "";
  `,
        place,
      ),
    "too few of the class are listed",
  );
  const name = shown.split(", ").reverse().join(" ");
  shownAs.set(name, shown);
  return name;
}

/** The row of a list in which a student stands. */
export const rowOf = (name) =>
  By.xpath(`//*[@role='row'][.//*[normalize-space()=${quoted(shownAs.get(name) ?? name)}]]`);

/** The option of a field in which a student stands. */
export const optionOf = (name) =>
  By.xpath(`//*[@role='option'][normalize-space()=${quoted(shownAs.get(name) ?? name)}]`);

/** Fills in and saves the form for a consent that is open. */
export async function fillConsent(window) {
  await window.tap(By.xpath("//label[normalize-space()='Somebody else']"));
  await window.fill("Name", "Robin Guardian");
  await window.fill("Relationship to the student", "guardian");
  await window.turnOn("The person has read the wording and agrees");
  await window.tap(By.css("[role=dialog] button[type=submit]"));
}

/** Records the consent of the student whose pane is open, then enrols by three photographs. */
export async function consentAndEnrol(window, name, photographs) {
  await window.click("Record consent");
  await fillConsent(window);
  await window.text("Given by Robin Guardian");
  await window.tap(By.xpath("//label[normalize-space()='Photograph files']"));
  await window.choose(photographs);
  await window.text("3 of 3 to 5");
  await window.click("Enrol");
  await window.text(`${name} is enrolled: 3 templates`);
}
