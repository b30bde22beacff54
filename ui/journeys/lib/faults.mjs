// What a person with large text cannot read or reach on a screen.

/** What lies over something else, or cannot be reached, in words. */
export async function faults(window) {
  // What was drawn just now has made room for itself two frames later.
  await window.driver.executeAsyncScript(
    "const done = arguments[arguments.length - 1]; requestAnimationFrame(() => requestAnimationFrame(() => done()));",
  );
  return window.script(look);
}

const look = `
  const found = [];
  const box = (element) => element.getBoundingClientRect();
  const name = (element) => (element.getAttribute("aria-label") || element.innerText || element.tagName).slice(0, 40);
  const over = (one, other) => one.left < other.right - 1 && other.left < one.right - 1 && one.top < other.bottom - 1 && other.top < one.bottom - 1;
  const scrolls = (element) => { for (let at = element.parentElement; at; at = at.parentElement) { const style = getComputedStyle(at); if (/auto|scroll/.test(style.overflowX + style.overflowY) && (at.scrollWidth > at.clientWidth || at.scrollHeight > at.clientHeight)) return true; } return false; };
  const reachable = [...document.querySelectorAll("header button, nav a, main button, main input, main [role=tab], [role=dialog] button, [role=dialog] input")].filter((element) => box(element).width > 0);
  for (const element of reachable) {
    const { left, right, top, bottom } = box(element);
    if ((left < -1 || right > innerWidth + 1 || top < -1 || bottom > innerHeight + 1) && !scrolls(element)) found.push("out of reach: " + name(element));
  }
  const bar = [...document.querySelectorAll("header [role=region] > *, main header button, main header input")].filter((element) => box(element).width > 0);
  bar.forEach((one, at) => bar.slice(at + 1).forEach((other) => { if (!one.contains(other) && !other.contains(one) && over(box(one), box(other))) found.push(name(one) + " lies over " + name(other)); }));
  const rows = [...document.querySelectorAll("main [role=grid] [role=row]")].filter((row) => row.querySelector("[role=rowheader] bdi, [role=gridcell]")).filter((row) => getComputedStyle(row).position !== "sticky");
  rows.forEach((row, at) => { const next = rows[at + 1]; if (next && row.parentElement === next.parentElement && over(box(row), box(next))) found.push(name(row) + " lies over the next row"); });
  // What begins before the beginning of what scrolls cannot be scrolled to.
  for (const element of document.querySelectorAll("main h1, main h2, main h3, main p, main button, main input")) {
    if (box(element).width === 0) continue;
    for (let at = element.parentElement; at && at !== document.body; at = at.parentElement) {
      if (!/auto|scroll/.test(getComputedStyle(at).overflowY)) continue;
      if (box(element).bottom - box(at).top + at.scrollTop < 4) found.push("before the beginning: " + name(element));
      break;
    }
  }
  // A list whose own head and foot leave no room for what is listed is of no use.
  for (const grid of document.querySelectorAll("main [role=grid]")) {
    if (document.querySelector("[role=dialog]") !== null || box(grid).bottom > innerHeight + 1) continue; // Covered, or further down the screen.
    const all = [...grid.querySelectorAll("[role=row]")].filter((row) => row.querySelector("[role=gridcell], [role=rowheader] bdi") && box(row).height > 0);
    const seen = all.filter((row) => { const { left, right, top, bottom } = box(row); const middle = (Math.max(left, box(grid).left) + Math.min(right, box(grid).right)) / 2; return [top + 3, bottom - 3].every((y) => row.contains(document.elementFromPoint(middle, y))); });
    if (box(grid).width > 0 && seen.length < Math.min(2, all.length)) found.push("only " + seen.length + " rows in sight: " + name(grid));
  }
  const strip = [...document.querySelectorAll(".mantine-Notifications-root[data-position=bottom-center]")][0];
  const main = document.querySelector("main");
  if (strip && box(strip).height > 0 && box(strip).top < box(main).bottom - 1) found.push("a notice lies over the screen");
  return [...new Set(found)];
`;
