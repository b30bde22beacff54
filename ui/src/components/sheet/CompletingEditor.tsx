// The editor of a cell that holds words: what they may become is listed below while one types.
import { Portal } from "@mantine/core";
import { useId, useLayoutEffect, useState, type KeyboardEvent, type RefObject } from "react";
import classes from "./Sheet.module.css";
import type { Completion } from "./types";

interface CompletingEditorProps {
  editor: RefObject<HTMLInputElement | null>;
  label: string;
  text: string;
  complete: (text: string) => readonly Completion[];
  /** Takes what the editor holds. */
  onLeave: () => void;
}

export function CompletingEditor({ editor, label, text, complete, onLeave }: CompletingEditorProps) {
  const id = useId();
  const [typed, setTyped] = useState(text);
  const [chosen, setChosen] = useState(0);
  const [place, setPlace] = useState<DOMRect | null>(null);
  const found = complete(typed);
  const at = Math.min(chosen, found.length - 1);
  useLayoutEffect(() => setPlace(editor.current?.getBoundingClientRect() ?? null), [editor]);

  const take = (one: Completion | undefined) => {
    if (one !== undefined && editor.current !== null) editor.current.value = one.text;
  };
  // What chooses from the list is not the sheet's; Enter and Tab take the choice and go on to the sheet.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || found.length === 0) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      event.stopPropagation();
      setChosen((at + (event.key === "ArrowDown" ? 1 : found.length - 1)) % found.length);
    } else if (event.key === "Enter" || event.key === "Tab") take(found[at]);
  };
  return (
    <>
      <input
        ref={editor}
        className={classes.editor}
        role="combobox"
        aria-expanded={found.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={found.length > 0 ? `${id}-${at}` : undefined}
        defaultValue={text}
        aria-label={label}
        dir="auto"
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
        onBlur={onLeave}
      />
      {found.length > 0 && place !== null && (
        <Portal>
          <div
            id={`${id}-list`}
            role="listbox"
            aria-label={label}
            className={classes.choices}
            style={{ left: place.left, top: place.bottom, minWidth: place.width }}
          >
            {found.map((one, index) => (
              <div
                key={one.text}
                id={`${id}-${index}`}
                role="option"
                tabIndex={-1}
                aria-selected={index === at}
                className={classes.choice}
                onPointerDown={(event) => {
                  // The editor keeps the focus until it has what was chosen.
                  event.preventDefault();
                  take(one);
                  onLeave();
                }}
              >
                <bdi>{one.label}</bdi>
              </div>
            ))}
          </div>
        </Portal>
      )}
    </>
  );
}
