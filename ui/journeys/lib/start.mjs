// How long the window takes from its start to the first screen that can be used; one line of JSON.
import { By, Window, freshFolder } from "./window.mjs";

const runs = [];
for (let run = 0; run < 5; run += 1) {
  const { folder, remove } = freshFolder();
  const begun = performance.now();
  const window = await Window.open(folder);
  await window.visible(By.css("input, button"));
  runs.push(performance.now() - begun);
  await window.close();
  remove();
}
runs.sort((one, other) => one - other);
const round = (time) => Math.round(time * 1000) / 1000;
console.log(JSON.stringify({
  bench: "start to first usable screen",
  milliseconds: { least: round(runs[0]), median: round(runs[2]), runs: runs.length },
}));
