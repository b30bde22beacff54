// A list with its item beside it; Escape gives the room back to the list.
import { CloseButton, Title, Tooltip } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Keys, useScreenKeys } from "../frame/keys";
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
  width?: number;
  children: ReactNode;
}

export function Pane({ title, label, onClose, actions, width = 420, children }: PaneProps) {
  const { t } = useTranslation();
  useScreenKeys([{ keys: "Escape", label: t("common.close"), run: onClose }]);
  return (
    <aside className={classes.pane} style={{ width }} aria-label={label}>
      <header className={classes.head}>
        <Title order={2} className="name" dir="auto" title={label}>{title}</Title>
        <div className={classes.actions}>
          {actions}
          <Tooltip label={<>{t("common.close")} <Keys keys="Escape" /></>}><CloseButton onClick={onClose} aria-label={t("common.close")} /></Tooltip>
        </div>
      </header>
      <div className={classes.body}>{children}</div>
    </aside>
  );
}
