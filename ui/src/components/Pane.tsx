// A list with its item beside it; Escape gives the room back to the list.
import { CloseButton, Title, Tooltip } from "@mantine/core";
import { useLayoutEffect, useRef, type ReactNode } from "react";
import { focusScreen, isFocusFree } from "../frame/gate";
import { Keys, useScreenKeys } from "../frame/keys";
import { useTranslation } from "../i18n";
import { useClosing } from "./closing";
import classes from "./Pane.module.css";

/** Puts a pane, when there is one, beside what it belongs to. */
export function Beside({ children, pane }: { children: ReactNode; pane: ReactNode }) {
  return (
    <div className={classes.beside}>
      <div className={classes.list}>{children}</div>
      {pane}
    </div>
  );
}

interface PaneProps {
  title: ReactNode;
  /** Said by a screen reader where `title` is not text. */
  label: string;
  onClose: () => void;
  actions?: ReactNode;
  /** At the usual size of text, in pixels. */
  width?: number;
  children: ReactNode;
}

export function Pane({ title, label, onClose, actions, width = 420, children }: PaneProps) {
  const { t } = useTranslation();
  const { attempt, Holder, question } = useClosing();
  const close = () => attempt(onClose);
  useScreenKeys([{ keys: "Escape", label: t("common.close"), run: close }]);
  const pane = useRef<HTMLElement>(null);
  // The focus that was in it goes to what it stood beside.
  useLayoutEffect(() => {
    const here = pane.current;
    return () => {
      if (here?.contains(document.activeElement) === true || isFocusFree()) focusScreen();
    };
  }, []);
  return (
    <aside ref={pane} className={classes.pane} style={{ width: `${width / 16}rem` }} aria-label={label}>
      <header className={classes.head}>
        <Title order={2} className="name" dir="auto" title={label}>
          {title}
        </Title>
        <div className={classes.actions}>
          {actions}
          <Tooltip
            label={
              <>
                {t("common.close")} <Keys keys="Escape" />
              </>
            }
          >
            <CloseButton onClick={close} aria-label={t("common.close")} />
          </Tooltip>
        </div>
      </header>
      <div className={classes.body}>
        <Holder>{children}</Holder>
      </div>
      {question}
    </aside>
  );
}
