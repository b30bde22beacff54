// What would be lost by closing, and the question before it is: a form with something typed, a camera
// that proposes. Dialogs, panes and the screen itself close by this; nothing closes on its own.
import { Button, Group, Stack, Text } from "@mantine/core";
import { createContext, useContext, useEffect, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "../i18n";
import { Dialog } from "./Dialog";

export interface Loss {
  /** What is lost, as a sentence. */
  text: string;
  /** The button that loses it. */
  button: string;
}

type Hold = (loss: Loss) => () => void;
const HoldContext = createContext<Hold>(() => () => undefined);

/** Has the dialog, pane or screen that this stands in ask before it closes. */
export function Loses({ text, button }: Loss) {
  const hold = useContext(HoldContext);
  useEffect(() => hold({ text, button }), [hold, text, button]);
  return null;
}

/** The same for something that was typed. */
export function LosesTyped() {
  const { t } = useTranslation();
  return <Loses text={t("common.closing.typed")} button={t("common.closing.throwAway")} />;
}

interface Closing {
  /** Does it, or asks first where something would be lost. */
  attempt: (leave: () => void) => void;
  /** Stands around what may be lost. */
  Holder: (props: { children: ReactNode }) => ReactNode;
  question: ReactNode;
}

export function useClosing(): Closing {
  const { t } = useTranslation();
  const losses = useRef(new Set<Loss>());
  const [asked, setAsked] = useState<{ loss: Loss; leave: () => void } | null>(null);
  // Made once: another component in its place would draw everything in it anew.
  const [Holder] = useState(() => {
    const hold: Hold = (loss) => {
      losses.current.add(loss);
      return () => losses.current.delete(loss);
    };
    // biome-ignore lint/correctness/noComponentHookFactories: made once, see above.
    return function LossHolder({ children }: { children: ReactNode }) {
      return <HoldContext value={hold}>{children}</HoldContext>;
    };
  });
  const attempt = (leave: () => void) => {
    const loss = [...losses.current].at(-1);
    if (loss === undefined) leave();
    else setAsked((now) => (now === null ? { loss, leave } : null)); // Escape once more answers: go on.
  };
  const question = asked !== null && (
    <Dialog title={t("common.closing.title")} onClose={() => setAsked(null)} size="sm" plain>
      <Stack>
        <Text size="sm">{asked.loss.text}</Text>
        <Group justify="flex-end" gap="xs">
          <Button
            variant="subtle"
            color="wrong"
            onClick={() => {
              setAsked(null);
              asked.leave();
            }}
          >
            {asked.loss.button}
          </Button>
          <Button data-autofocus onClick={() => setAsked(null)}>
            {t("common.closing.goOn")}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
  return { attempt, Holder, question };
}
