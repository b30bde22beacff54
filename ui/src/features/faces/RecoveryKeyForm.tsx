// The recovery key: shown, printed, and confirmed by two groups of the paper. It is kept nowhere in the window.
import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconDownload, IconPrinter } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useState, type FormEvent } from "react";
import type { RecoveryKey } from "../../bindings/RecoveryKey";
import { showRecoveryKey } from "../../bindings/operations";
import { Dialog } from "../../components/Dialog";
import { openDocument, saveDocument } from "../../components/documents";
import { ErrorState, LoadingShape } from "../../components/states";
import { useTranslation } from "../../i18n";
import classes from "./faces.module.css";
import { askedPlaces, sameGroup } from "./paper";

export function RecoveryKeyForm({ school, onClose }: { school: string; onClose: () => void }) {
  const { t } = useTranslation();
  // A mutation, not a query: the answer goes with the form, and that it was shown is written down once.
  const { mutate, data, error, reset } = useMutation({ mutationFn: () => showRecoveryKey({ school }), gcTime: 0 });
  useEffect(() => {
    mutate();
    return reset;
  }, [mutate, reset]);
  return (
    <Dialog onClose={onClose} size="lg" title={t("faces.keys.showTitle")} closable={data === undefined}>
      {data === undefined &&
        (error === null ? <LoadingShape rows={4} /> : <ErrorState error={error} onRetry={() => mutate()} />)}
      {data !== undefined && <Shown recovery={data} onClose={onClose} />}
    </Dialog>
  );
}

function Shown({ recovery: { groups, document }, onClose }: { recovery: RecoveryKey; onClose: () => void }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<readonly [number, number] | null>(null);
  return (
    <Stack gap="sm">
      {asked === null ? (
        <>
          <Text size="sm">{t("faces.keys.showText")}</Text>
          <ol className={classes.groups} dir="ltr">
            {groups.map((group, place) => (
              <li key={place}>
                <span aria-hidden>{place + 1}</span>
                <code>{group}</code>
              </li>
            ))}
          </ol>
          <Group justify="space-between">
            <Button variant="subtle" color="gray" onClick={onClose}>
              {t("faces.keys.later")}
            </Button>
            <Group gap="xs">
              {document !== null && (
                <Button
                  variant="default"
                  leftSection={<IconDownload size="1rem" />}
                  title={t("faces.keys.saveHint")}
                  onClick={() => void saveDocument({ artifact: document }, true)}
                >
                  {t("faces.keys.save")}
                </Button>
              )}
              {document !== null && (
                <Button
                  variant="default"
                  leftSection={<IconPrinter size="1rem" />}
                  onClick={() => void openDocument({ artifact: document })}
                >
                  {t("faces.keys.print")}
                </Button>
              )}
              <Button data-autofocus onClick={() => setAsked(askedPlaces(groups.length))}>
                {t("faces.keys.written")}
              </Button>
            </Group>
          </Group>
        </>
      ) : (
        <Confirm groups={groups} asked={asked} onBack={() => setAsked(null)} onDone={onClose} />
      )}
    </Stack>
  );
}

function Confirm({
  groups,
  asked,
  onBack,
  onDone,
}: {
  groups: readonly string[];
  asked: readonly [number, number];
  onBack: () => void;
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(["", ""]);
  const [checked, setChecked] = useState(false);
  const right = asked.map((place, at) => sameGroup(typed[at] ?? "", groups[place] ?? ""));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (!right.every(Boolean)) return;
    notifications.show({ color: "good", message: t("faces.keys.confirmed") });
    onDone();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <Text size="sm">{t("faces.keys.confirmText")}</Text>
        {asked.map((place, at) => (
          <TextInput
            key={place}
            label={t("faces.keys.group", { place: place + 1 })}
            dir="ltr"
            w={220}
            styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)", width: 120 } }}
            autoComplete="off"
            spellCheck={false}
            data-autofocus={at === 0 || undefined}
            autoFocus={at === 0}
            value={typed[at]}
            error={checked && right[at] === false ? t("faces.keys.wrongGroup", { place: place + 1 }) : undefined}
            onChange={(event) => {
              const { value } = event.currentTarget;
              setChecked(false);
              setTyped((now) => now.map((old, other) => (other === at ? value : old)));
            }}
          />
        ))}
        <Group justify="space-between">
          <Button variant="subtle" color="gray" onClick={onBack}>
            {t("faces.keys.lookAgain")}
          </Button>
          <Button type="submit">{t("faces.keys.confirm")}</Button>
        </Group>
      </Stack>
    </form>
  );
}
