// The plain page outside of the frame: sign-in and the first run.
import { Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Logo } from "../frame/Logo";
import classes from "./Welcome.module.css";

export function Welcome({ title, width, children }: { title: string; width?: string; children: ReactNode }) {
  return (
    <main className={classes.page}>
      <div
        className={classes.card}
        style={width === undefined ? undefined : ({ "--card-width": width } as React.CSSProperties)}
      >
        <div className={classes.head}>
          <Logo />
          <span className={classes.product}>Homeroom</span>
        </div>
        <Title order={1} mb="md">
          {title}
        </Title>
        {children}
      </div>
    </main>
  );
}
