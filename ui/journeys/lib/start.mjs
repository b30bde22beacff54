// How long the window takes from the start of the program to the first screen that can be used: in a school that is there
// (sign-in) and at the very first start (first run, the database is made). One line of JSON each.
import { readFileSync, readdirSync } from "node:fs";
import { By, Window, freshFolder, homeroom } from "./window.mjs";

const runs = 5;
const round = (time) => Math.round(time);

/** When the newest process of the program was started, in milliseconds of the epoch, to a hundredth of a second. */
function startedAt() {
  const uptime = Number(readFileSync("/proc/uptime", "utf8").split(" ")[0]);
  const booted = Date.now() - 1000 * uptime;
  const starts = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((process) => {
      try {
        const stat = readFileSync(`/proc/${process}/stat`, "utf8");
        // The name in brackets may hold blanks; the 22nd field is the start in hundredths of a second after the boot.
        return stat.includes("(homeroom)") ? [Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19])] : [];
      } catch {
        return []; // It has ended meanwhile.
      }
    });
  return booted + 10 * Math.max(...starts);
}

/** Parts of the way, in milliseconds from the start of the process. Usable is what is drawn and takes keys. */
async function measure(folder) {
  const window = await Window.open(folder);
  try {
    await window.visible(By.css("input, button"));
    const started = startedAt();
    const [origin, painted, usable] = await window.script(`
      const mark = performance.getEntriesByName("homeroom.usable")[0].startTime;
      const paint = performance.getEntriesByType("paint").find(({ name }) => name === "first-contentful-paint")?.startTime ?? 0;
      return [performance.timeOrigin, performance.timeOrigin + paint, performance.timeOrigin + Math.max(mark, paint)];
    `);
    return { page: origin - started, painted: painted - started, usable: usable - started };
  } finally {
    await window.close();
  }
}

function report(bench, taken) {
  const median = (part) =>
    round(taken.map((one) => one[part]).sort((one, other) => one - other)[Math.floor(taken.length / 2)]);
  console.log(
    JSON.stringify({
      bench,
      milliseconds: {
        least: round(Math.min(...taken.map(({ usable }) => usable))),
        median: median("usable"),
        pageBegun: median("page"),
        firstPaint: median("painted"),
        runs: taken.length,
      },
    }),
  );
}

const { folder, remove } = freshFolder();
await homeroom(folder, ["demo", "--out", folder]);
const school = [];
for (let run = 0; run < runs; run += 1) school.push(await measure(folder));
remove();
report("start to sign-in", school);

const first = [];
for (let run = 0; run < runs; run += 1) {
  const fresh = freshFolder();
  first.push(await measure(fresh.folder));
  fresh.remove();
}
report("very first start to first run", first);
