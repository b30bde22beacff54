// The mark sheet as a person reads it: students down, assessments across.
import { By, Key, quoted } from "./window.mjs";

const grid = By.css("[role=grid]");

/** All rows of the sheet: name → assessment → `{ text, invalid }`. It scrolls through the sheet. */
export async function readSheet(window) {
  await window.visible(grid);
  const rows = {};
  const gather = () =>
    window.script(`
    const grid = document.querySelector("[role=grid]");
    const titles = new Map([...grid.querySelectorAll("[role=columnheader]")].map((head) => [head.ariaColIndex ?? head.getAttribute("aria-colindex"), (head.title || head.textContent).trim()]));
    const rows = [...grid.querySelectorAll("[role=row]")].filter((row) => row.querySelector("[role=rowheader] bdi"));
    return {
      rows: rows.map((row) => [row.querySelector("[role=rowheader] bdi").textContent, [...row.querySelectorAll("[role=gridcell]:not([class*=total])")].map((cell) => [titles.get(cell.getAttribute("aria-colindex")), { text: (cell.firstChild?.nodeType === 3 ? cell.firstChild.textContent : "").trim(), invalid: cell.getAttribute("aria-invalid") === "true", title: cell.title }])]),
      end: grid.scrollTop + grid.clientHeight >= grid.scrollHeight - 1,
    };
  `);
  await window.script("document.querySelector('[role=grid]').scrollTop = 0");
  for (;;) {
    await window.driver.executeAsyncScript("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))");
    const seen = await gather();
    for (const [name, cells] of seen.rows) rows[name] = { ...rows[name], ...Object.fromEntries(cells) };
    if (seen.end) break;
    await window.script("const grid = document.querySelector('[role=grid]'); grid.scrollTop += grid.clientHeight / 2");
  }
  await window.script("document.querySelector('[role=grid]').scrollTop = 0");
  return rows;
}

/** The column of an assessment as `[name, text]`, in the order of the rows. */
export async function readColumn(window, title) {
  return Object.entries(await readSheet(window)).map(([name, cells]) => [name, cells[title]?.text]);
}

/** Puts the cursor into a cell. */
export async function toCell(window, student, title) {
  await window.visible(grid);
  await window.until(async () => {
    const cell = await window.script(
      `
      const grid = document.querySelector("[role=grid]");
      const head = [...grid.querySelectorAll("[role=columnheader]")].find((one) => one.title === arguments[1]);
      const row = [...grid.querySelectorAll("[role=row]")].find((one) => one.querySelector("[role=rowheader] bdi")?.textContent === arguments[0]);
      if (!head) { grid.scrollLeft = grid.scrollWidth; return null; }
      const cell = row?.querySelector('[role=gridcell][aria-colindex="' + head.getAttribute("aria-colindex") + '"]') ?? null;
      cell?.scrollIntoView({ block: "center", inline: "center" });
      return cell;
    `,
      student,
      title,
    );
    if (cell === null) return false;
    // A second click would open the cell.
    if (
      (await cell.getAttribute("data-active")) === "true" &&
      (await window.script("return document.activeElement.role === 'grid'"))
    )
      return true;
    // Two clicks of two visits to a cell, close together, would be a double click: one elsewhere parts them.
    const elsewhere = await window.driver.findElement({ css: "h1" });
    await window.driver.actions().move({ origin: elsewhere }).click().move({ origin: cell }).click().perform();
    return (await cell.getAttribute("data-active")) === "true";
  }, `the cursor did not come to ${student}, ${title}`);
}

/** Waits until the head of the sheet says that everything is saved. */
export async function saved(window) {
  await window.visible(By.xpath(`//*[@role='status'][normalize-space()=${quoted("Saved")}]`));
}

/** Adds an assessment to the open sheet. */
export async function addAssessment(window, { title, maximum, category, weight }) {
  await window.click("New assessment");
  await window.fill("Title", title);
  if (category !== undefined) {
    await window.fill("Name of the category", category);
    await window.fill("Weight", weight);
  }
  await window.fill("Maximum", maximum);
  await window.press(Key.ENTER);
  await window.gone(By.css("[role=dialog]"));
  await window.visible(By.css(`[role=columnheader][title=${quoted(title)}]`));
}
