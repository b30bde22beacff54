// The window on invented answers, for looking at screens without Rust. `?state=setup|signin|locked|expired|wide`
// chooses how things stand. `npx vite harness` serves it; no build includes it.
import { mockIPC, mockWindows } from "@tauri-apps/api/mocks";
import { noteJob } from "../src/bridge";
import { answer } from "./answers";

const state = new URLSearchParams(location.search).get("state") ?? "in";
mockWindows("main");
mockIPC((command, payload) => {
  if (command !== "call") return 0;
  const { operation, input } = payload as { operation: string; input: unknown };
  return answer(state, operation, input);
});
if (state === "in") {
  noteJob({ id: "1", operation: "make_report_cards", done: 12, total: 30, state: "running" });
  noteJob({ id: "2", operation: "back_up", done: 1, total: 1, state: "done" });
}
await import("../src/main");
