/** The spreadsheet used for marks. */
export const sheet = {
  saving: "Saving", unsaved: "Not saved yet: kept here, trying again", refused: "Not saved: {{reason}}", conflict: "Changed by somebody else: {{reason}}",
  overflow_one: "{{count}} cell of what you pasted did not fit and was left out.", overflow_other: "{{count}} cells of what you pasted did not fit and were left out.",
  locked_one: "{{count}} cell cannot be changed and was left as it is.", locked_other: "{{count}} cells cannot be changed and were left as they are.",
  editing: "Editing {{row}}, {{column}}", empty: "empty",
  keys: { move: "Move", down: "Down, after typing too", right: "Right, after typing too", edit: "Change the cell", revert: "Leave it as it was", clear: "Clear", block: "Select a block", copy: "Copy", cut: "Cut", paste: "Paste", undo: "Undo, a paste at once", redo: "Redo", fill: "Fill down" },
} as const;
