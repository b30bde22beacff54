// One number with what it counts; it opens what it was counted from.
import { UnstyledButton } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./Figure.module.css";
import { Numeral } from "./Numeral";

interface FigureProps {
  value: ReactNode;
  label: string;
  note?: ReactNode;
  onOpen?: () => void;
}

export function Figure({ value, label, note, onOpen }: FigureProps) {
  const content = (
    <>
      <span className={classes.label}>
        <bdi>{label}</bdi>
      </span>
      <span className={classes.value}>
        <Numeral>{value}</Numeral>
      </span>
      {note !== undefined && (
        <span className={classes.note}>
          <bdi>{note}</bdi>
        </span>
      )}
    </>
  );
  return onOpen === undefined ? (
    <div className={classes.figure}>{content}</div>
  ) : (
    <UnstyledButton className={classes.figure} data-opens onClick={onOpen}>
      {content}
    </UnstyledButton>
  );
}
