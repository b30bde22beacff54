// One number with what it counts; it opens what it was counted from.
import { UnstyledButton } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./Figure.module.css";

interface FigureProps { value: ReactNode; label: string; note?: ReactNode; onOpen?: () => void }

export function Figure({ value, label, note, onOpen }: FigureProps) {
  const content = (
    <>
      <span className={classes.label}>{label}</span>
      <span className={`${classes.value} figures`}>{value}</span>
      {note !== undefined && <span className={classes.note}>{note}</span>}
    </>
  );
  return onOpen === undefined
    ? <div className={classes.figure}>{content}</div>
    : <UnstyledButton className={classes.figure} data-opens onClick={onOpen}>{content}</UnstyledButton>;
}
