// Leaving a place in which something would be lost: by the rail, the palette, back, Escape, another school, signing out.
// It is asked first, once, by the screen itself.
import { Button, Group, Stack, Text } from "@mantine/core";
import { useBlocker } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { Dialog } from "./Dialog";

interface Leaving {
  title: string;
  text: string;
  leave: string;
  stay: string;
}
type Ask = (go: () => void) => void;

let guard: Ask | null = null;
const always = () => true;

/** Does what leaves the screen without another address, after the question where something would be lost. */
export function askBeforeLeaving(go: () => void): void {
  if (guard === null) go();
  else guard(go);
}

/** Whether the screen asks before it is left. */
export const asksBeforeLeaving = (): boolean => guard !== null;

/** While there are words, leaving asks with them; the question is to be drawn by the screen. */
export function useLeaving(words: Leaving | null) {
  const on = words !== null;
  const [pending, setPending] = useState<(() => void) | null>(null);
  const blocker = useBlocker({ shouldBlockFn: always, enableBeforeUnload: false, disabled: !on, withResolver: true });
  useEffect(() => {
    if (!on) return undefined;
    const ask: Ask = (go) => setPending(() => go);
    guard = ask;
    return () => {
      if (guard === ask) guard = null;
    };
  }, [on]);
  const blocked = blocker.status === "blocked";
  const stay = () => {
    setPending(null);
    if (blocked) blocker.reset();
  };
  const go = () => {
    setPending(null);
    if (blocked) blocker.proceed();
    else pending?.();
  };
  // Nothing would be lost any more while it was asked: what was asked for happens.
  useEffect(() => {
    if (!on && (blocked || pending !== null)) go();
  }); // `go` is another one each time; after it there is nothing to do.
  if (words === null || (!blocked && pending === null)) return null;
  return (
    <Dialog onClose={stay} title={words.title} plain>
      <Stack>
        <Text size="sm">{words.text}</Text>
        <Group justify="flex-end">
          <Button variant="subtle" color="wrong" onClick={go}>
            {words.leave}
          </Button>
          <Button data-autofocus onClick={stay}>
            {words.stay}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
