// A form that stands in a screen: Ctrl S saves it, failures stand above its fields.
import { Alert, Button, Group, Stack, Text, Title, Tooltip } from "@mantine/core";
import { useRef, type ReactNode } from "react";
import { Keys, useScreenKeys } from "../frame/keys";
import { useTranslation } from "../i18n";
import type { DraftForm } from "./draft";
import { DraftNote } from "./DraftNote";

interface FormSectionProps<Values extends Record<string, unknown>> {
  title: string;
  about?: string;
  draft: DraftForm<Values>;
  /** Nobody who may only look sees a button that is refused. */
  mayChange: boolean;
  onReload: () => void;
  children: ReactNode;
}

export function FormSection<Values extends Record<string, unknown>>({
  title,
  about,
  draft,
  mayChange,
  onReload,
  children,
}: FormSectionProps<Values>) {
  const { t } = useTranslation();
  const form = useRef<HTMLFormElement>(null);
  useScreenKeys(
    mayChange ? [{ keys: "mod+S", label: t("common.save"), run: () => form.current?.requestSubmit() }] : [],
  );
  const reload = () => {
    draft.discard();
    onReload();
  };
  return (
    <form ref={form} noValidate onSubmit={draft.submit} aria-label={title}>
      <fieldset disabled={!mayChange} style={{ border: 0, padding: 0, margin: 0, minWidth: 0 }}>
        <Stack gap="sm" maw={640}>
          <div>
            <Title order={2}>{title}</Title>
            {about !== undefined && (
              <Text size="sm" c="dimmed">
                {about}
              </Text>
            )}
          </div>
          {!mayChange && (
            <Text size="sm" c="dimmed">
              {t("schools.readOnly")}
            </Text>
          )}
          {draft.failure !== null && (
            <Alert color="wrong" role="alert" p="xs">
              {draft.failure}
              {draft.stale && (
                <Button variant="subtle" mt={4} onClick={reload}>
                  {t("common.showCurrent")}
                </Button>
              )}
            </Alert>
          )}
          {mayChange && draft.note !== null && <DraftNote {...draft.note} onThrowAway={reload} />}
          {children}
          {mayChange && (
            <Group gap="xs">
              <Tooltip
                label={
                  <>
                    {t("common.save")} <Keys keys="mod+S" />
                  </>
                }
              >
                <Button type="submit" size="sm" loading={draft.pending} disabled={!draft.dirty}>
                  {t("common.save")}
                </Button>
              </Tooltip>
              {draft.dirty && (
                <Button variant="subtle" color="gray" size="sm" onClick={reload}>
                  {t("common.cancel")}
                </Button>
              )}
            </Group>
          )}
        </Stack>
      </fieldset>
    </form>
  );
}
