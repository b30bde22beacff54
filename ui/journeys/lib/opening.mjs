// The first run: a school, its year and its administrator, until the window says welcome.

/**
 * Makes a school in the window of an empty folder. `onSchool`, `onYear` and `onAdministrator` do more on a page once it is
 * filled and before it is left.
 */
export async function openSchool(window, { onSchool, onYear, onAdministrator } = {}) {
  await window.fill("Name of the school", "Elm Grove School");
  await onSchool?.();
  await window.click("Next");
  await window.text("Academic year");
  await onYear?.();
  await window.click("Next");
  for (const [label, value] of [
    ["Given name", "Ada"],
    ["Family name", "Byron"],
    ["User name", "ada"],
    ["Password", "a short sentence"],
    ["Password once more", "a short sentence"],
  ])
    await window.fill(label, value);
  await onAdministrator?.();
  await window.click("Make the school");
  await window.text("Welcome to Elm Grove School");
}
