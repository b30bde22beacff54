// Text at 200 %: the register taken and marks typed by keyboard alone, nothing over anything else, and
// the size is kept on the computer.
import assert from "node:assert/strict";
import { demoSchool, journey } from "./lib/journey.mjs";
import { addAssessment, readColumn, saved } from "./lib/sheet.mjs";
import { By, Key, quoted } from "./lib/window.mjs";

const size = (window) => window.script("return Number.parseFloat(getComputedStyle(document.documentElement).fontSize)");

/** What lies over something else, or cannot be reached, in words. */
const faults = (window) => window.script(`
  const found = [];
  const box = (element) => element.getBoundingClientRect();
  const name = (element) => (element.getAttribute("aria-label") || element.innerText || element.tagName).slice(0, 40);
  const over = (one, other) => one.left < other.right - 1 && other.left < one.right - 1 && one.top < other.bottom - 1 && other.top < one.bottom - 1;
  const scrolls = (element) => { for (let at = element.parentElement; at; at = at.parentElement) { const style = getComputedStyle(at); if (/auto|scroll/.test(style.overflowX + style.overflowY) && (at.scrollWidth > at.clientWidth || at.scrollHeight > at.clientHeight)) return true; } return false; };
  const reachable = [...document.querySelectorAll("header button, nav a, main button, main input, main [role=tab]")].filter((element) => box(element).width > 0);
  for (const element of reachable) {
    const { left, right, top, bottom } = box(element);
    if ((left < -1 || right > innerWidth + 1 || top < -1 || bottom > innerHeight + 1) && !scrolls(element)) found.push("out of reach: " + name(element));
  }
  const bar = [...document.querySelectorAll("header [role=region] > *, main header button, main header input")].filter((element) => box(element).width > 0);
  bar.forEach((one, at) => bar.slice(at + 1).forEach((other) => { if (!one.contains(other) && !other.contains(one) && over(box(one), box(other))) found.push(name(one) + " lies over " + name(other)); }));
  const rows = [...document.querySelectorAll("main [role=grid] [role=row]")].filter((row) => row.querySelector("[role=rowheader] bdi, [role=gridcell]")).filter((row) => getComputedStyle(row).position !== "sticky");
  rows.forEach((row, at) => { const next = rows[at + 1]; if (next && row.parentElement === next.parentElement && over(box(row), box(next))) found.push(name(row) + " lies over the next row"); });
  const strip = [...document.querySelectorAll(".mantine-Notifications-root[data-position=bottom-center]")][0];
  const main = document.querySelector("main");
  if (strip && box(strip).height > 0 && box(strip).top < box(main).bottom - 1) found.push("a notice lies over the screen");
  return [...new Set(found)];
`);

journey("Register and marks by keyboard at 200 % text: nothing overlaps, nothing is out of reach, the size is kept", { prepare: demoSchool }, async ({ window: first, prepared, reopen }) => {
  let window = first;
  const usual = await size(window);
  await window.visible(By.css("input"));
  for (let step = 0; step < 5; step += 1) await window.chord(Key.CONTROL, "="); // Also before anybody is signed in.
  assert.equal(await size(window), 2 * usual);
  window = await reopen((open) => open.closeByButton());
  await window.visible(By.css("input"));
  assert.equal(await size(window), 2 * usual, "the size is kept");
  await window.signIn("demo", prepared.password);

  const list = async (place, sign) => {
    await window.go(place);
    await window.until(() => window.script("return document.activeElement.getAttribute('role') === 'grid'"), `the list of ${place} does not take the keys`);
    assert.deepEqual(await faults(window), [], place);
    await window.press("j", Key.ENTER);
    await window.visible(By.css(sign));
  };
  await list("/attendance", "[role=grid][aria-label^='Register of']");
  await window.until(() => window.script("return document.activeElement.getAttribute('role') === 'row'"), "the register does not take the focus");
  await window.press("a", "p");
  await window.chord(Key.CONTROL, Key.ENTER);
  await window.until(() => window.script("return document.querySelectorAll('[role=row][data-body]:not(:has([aria-pressed=true]))').length === 0"), "not everybody has a code");
  await saved(window);
  assert.deepEqual(await faults(window), [], "register");
  await window.press("?");
  await window.visible(By.xpath(`//*[@role='dialog'][.//*[normalize-space()=${quoted("Keys of this screen")}]]`));
  await window.press(Key.ESCAPE);
  await window.gone(By.css("[role=dialog]"));

  await list("/marks", "[role=grid][aria-label^='Marks of']");
  await addAssessment(window, { title: "Large", maximum: "20" });
  await window.until(() => window.script("return document.activeElement.getAttribute('role') === 'grid' && document.querySelector('[role=columnheader][data-active]')?.title === 'Large'"), "the cursor does not go to the new assessment");
  await window.press("1", "1", Key.ENTER, "1", "2", Key.ENTER);
  await saved(window);
  assert.deepEqual((await readColumn(window, "Large")).slice(0, 2).map(([, mark]) => mark), ["11", "12"]);
  assert.deepEqual(await faults(window), [], "mark sheet");
  await window.press("?");
  await window.visible(By.css("[role=dialog]"));
  await window.press(Key.ESCAPE);
  await window.chord(Key.CONTROL, "0");
  assert.equal(await size(window), usual, "Ctrl 0 brings the usual size back");
});
