// The head of a screen: its title, what it is about, and its one primary action at the end.
import { Group, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./ScreenHead.module.css";

export function ScreenHead({ title, about, children }: { title: ReactNode; about?: ReactNode; children?: ReactNode }) {
  return (
    <header className={classes.head}>
      <div className={classes.words}>
        <Title order={1} className="name" title={typeof title === "string" ? title : undefined}>
          {title}
        </Title>
        {about !== undefined && (
          <Text size="sm" c="dimmed" component="div">
            {typeof about === "string" ? <bdi>{about}</bdi> : about}
          </Text>
        )}
      </div>
      <Group gap="xs" justify="flex-end">
        {children}
      </Group>
    </header>
  );
}

/** A screen: head on top, the rest scrolls or fills. */
export function Screen({ head, children, padded = true }: { head: ReactNode; children: ReactNode; padded?: boolean }) {
  return (
    <div className={classes.screen}>
      {head}
      <div className={padded ? classes.body : classes.fill}>{children}</div>
    </div>
  );
}
