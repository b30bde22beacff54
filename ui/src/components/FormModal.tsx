// A form in front of the screen: Ctrl S saves, a click beside it does not close it, what is typed stays a draft.
import { Alert, Button, Group, Stack } from "@mantine/core";
import { useRef, type ReactNode } from "react";
import { Keys } from "../frame/keys";
import { useTranslation } from "../i18n";
import { LosesTyped } from "./closing";
import { Dialog } from "./Dialog";
import type { DraftForm } from "./draft";
import { DraftNote } from "./DraftNote";

interface FormModalProps<Values extends Record<string, unknown>> {
  title: string;
  draft: DraftForm<Values>;
  onClose: () => void;
  /** Takes what is stored now, after somebody else changed it. */
  onReload?: () => void;
  submit?: string;
  size?: "md" | "lg" | "xl";
  /** At the start of the foot, such as a way to delete. */
  aside?: ReactNode;
  children: ReactNode;
}

export function FormModal<Values extends Record<string, unknown>>({
  title,
  draft,
  onClose,
  onReload,
  submit,
  size = "md",
  aside,
  children,
}: FormModalProps<Values>) {
  const { t } = useTranslation();
  const form = useRef<HTMLFormElement>(null);
  return (
    <Dialog onClose={onClose} title={title} size={size}>
      <form
        ref={form}
        noValidate
        onSubmit={draft.submit}
        onKeyDown={(event) => {
          if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
          event.preventDefault();
          form.current?.requestSubmit();
        }}
      >
        <Stack gap="sm">
          {draft.failure !== null && (
            <Alert color="wrong" role="alert" p="xs">
              {draft.failure}
              {draft.stale && onReload !== undefined && (
                <Button
                  variant="subtle"
                  mt={4}
                  onClick={() => {
                    draft.discard();
                    onReload();
                  }}
                >
                  {t("common.showCurrent")}
                </Button>
              )}
            </Alert>
          )}
          {draft.note !== null && <DraftNote {...draft.note} onThrowAway={draft.startAnew} />}
          {draft.losesTyped && <LosesTyped />}
          {children}
          <Group justify="space-between" mt="xs">
            {aside ?? <span />}
            <Group gap="xs">
              <Button
                variant="default"
                onClick={() => {
                  draft.discard();
                  onClose();
                }}
              >
                {t("common.cancel")}
              </Button>
              <Button
                type="submit"
                loading={draft.pending}
                aria-keyshortcuts="Control+S"
                rightSection={<Keys aria-hidden keys="mod+S" />}
              >
                {submit ?? t("common.save")}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
