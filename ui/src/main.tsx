// Starts the window.
import "@fontsource-variable/inter";
import "./fonts.css";
import "@mantine/core/styles.css";
import "@mantine/dates/styles.css";
import "@mantine/dropzone/styles.css";
import "@mantine/notifications/styles.css";
import "./base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app";
import { followChanges, followJobs } from "./bridge";
import { beginZoom } from "./frame/zoom";
import { speak } from "./i18n";
import { languageHere } from "./language";
import { flushOnClose } from "./components/sheet/keptEdits";
import { queries } from "./session/queries";

beginZoom();
const host = document.getElementById("root");
if (host === null) throw new Error("index.html has no #root");
// What cannot be read of another language is said in English: no reason to show nothing.
await speak(languageHere()).catch((reason: unknown) => console.error("A language is not there", reason));
createRoot(host).render(
  <StrictMode>
    <App />
  </StrictMode>,
);

// A program has no reload: the keys for it would only throw away a form that is half filled.
window.addEventListener("keydown", (event) => {
  if (
    import.meta.env.PROD &&
    (event.key === "F5" || ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "r"))
  )
    event.preventDefault();
});

// Without these the window still works, but shows changes of others late: worth a line in the log.
Promise.all([followChanges(queries), followJobs(), flushOnClose()]).catch((reason: unknown) => {
  console.error("The window could not listen to the application", reason);
});
