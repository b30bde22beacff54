// Something in front of the screen. It has the focus as soon as it is there, gives it back when it
// goes, and asks before it closes over something that would be lost.
import { Modal, type ModalProps } from "@mantine/core";
import { useLayoutEffect, useRef, useState, useSyncExternalStore, type ReactNode } from "react";
import { focusInto, frontArrived, giveBack } from "../frame/gate";
import { useClosing } from "./closing";
import { screenLock } from "../session/lock";

interface DialogProps extends Pick<ModalProps, "size" | "closeOnClickOutside"> {
  title: string;
  onClose: () => void;
  /** Whether Escape and a button at its corner close it; only its own buttons do otherwise. */
  closable?: boolean;
  children: ReactNode;
}

export function Dialog({
  plain = false,
  ...props
}: DialogProps & { /** Holds nothing that could be lost. */ plain?: boolean }) {
  return plain ? <Front {...props} /> : <Guarded {...props} />;
}

function Guarded({ onClose, children, ...rest }: DialogProps) {
  const { attempt, Holder, question } = useClosing();
  return (
    <>
      <Front {...rest} onClose={() => attempt(onClose)}>
        <Holder>{children}</Holder>
      </Front>
      {question}
    </>
  );
}

function Front({ title, onClose, closable = true, size = "md", closeOnClickOutside = false, children }: DialogProps) {
  // Asked while it is first drawn: a field that takes the focus by itself comes before every effect.
  const [before] = useState(() => document.activeElement);
  const locked = useSyncExternalStore(screenLock.subscribe, screenLock.locked);
  return (
    <Modal
      // The library listens at the window, where keys of the locked screen come by too.
      opened
      onClose={onClose}
      title={title}
      size={size}
      closeOnClickOutside={closeOnClickOutside}
      closeOnEscape={closable && !locked}
      withCloseButton={closable}
      trapFocus={false}
      returnFocus={false}
    >
      <HasFocus before={before}>{children}</HasFocus>
    </Modal>
  );
}

/** Takes the focus before the next key, and gives it back before the one after. */
export function HasFocus({ before, children }: { before: Element | null; children: ReactNode }) {
  const here = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const dialog = here.current?.closest<HTMLElement>("[role=dialog]") ?? null;
    if (dialog !== null && !dialog.contains(document.activeElement)) focusInto(dialog);
    frontArrived();
    return () => giveBack(before);
  }, [before]);
  return <div ref={here}>{children}</div>;
}
