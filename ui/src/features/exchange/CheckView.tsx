// What an import would do, and the button that does it.
import { Button, Checkbox, Group, Stack, Text, Title, Tooltip } from "@mantine/core";
import type { ComponentProps, ReactNode } from "react";
import type { ImportCounts } from "../../bindings/ImportCounts";
import type { ImportReport } from "../../bindings/ImportReport";
import type { TableFormat } from "../../bindings/TableFormat";
import { Keys, useScreenKeys } from "../../frame/keys";
import { useTranslation } from "../../i18n";
import classes from "./exchange.module.css";
import type { Mends } from "./mends";
import { ReadView } from "./ReadView";
import { RefusedSection } from "./RefusedSection";
import { ChangesTable, CountsTable, NotesTable } from "./tables";

export interface Choices {
  acceptRefused: boolean;
  deleteMissing: boolean;
  intoSchool: boolean;
}

interface CheckViewProps {
  report: ImportReport;
  /** What can be said of how the files were read. */
  said: ComponentProps<typeof ReadView>["said"];
  school: string;
  choices: Choices;
  busy: boolean;
  progress: ReactNode;
  onChoices: (choices: Choices) => void;
  mends: Mends;
  /** Something was typed since the rows were checked. */
  typed: boolean;
  saving: boolean;
  onMends: (mends: Mends) => void;
  onCheck: () => void;
  onSave: (format: TableFormat) => void;
  onApply: () => void;
  /** Imports as a job, which goes on when the window closes. */
  onEnqueue: () => void;
  /** Back to the columns of a plain list. */
  onBack: (() => void) | undefined;
}

const none = (counts: ImportCounts) => Object.values(counts).every((count) => count === 0);

export function CheckView({
  report,
  said,
  school,
  choices,
  busy,
  progress,
  mends,
  typed,
  saving,
  onChoices,
  onMends,
  onCheck,
  onSave,
  onApply,
  onEnqueue,
  onBack,
}: CheckViewProps) {
  const { t } = useTranslation();
  const refused = report.refused.length;
  const nothing = none(report.added) && none(report.changed) && none(report.deleted);
  const ready = !busy && !nothing && !typed && (refused === 0 || choices.acceptRefused);
  useScreenKeys([
    ...(ready ? [{ keys: "mod+Enter", label: t("exchange.apply"), run: onApply }] : []),
    ...(typed && !busy ? [{ keys: "mod+Enter", label: t("exchange.report.checkAgain"), run: onCheck }] : []),
  ]);
  const choice = (name: keyof Choices, label: string) => (
    <Checkbox
      size="xs"
      label={label}
      checked={choices[name]}
      disabled={busy}
      onChange={(event) => onChoices({ ...choices, [name]: event.currentTarget.checked })}
    />
  );
  return (
    <>
      <ReadView readings={report.readings} said={said} />
      <CountsTable report={report} title={t("exchange.report.willTitle")} />
      {refused > 0 && (
        <RefusedSection
          report={report}
          mends={mends}
          busy={busy}
          typed={typed}
          saving={saving}
          onMends={onMends}
          onCheck={onCheck}
          onSave={onSave}
        />
      )}
      {report.changes.length > 0 && (
        <section className={classes.section}>
          <Title order={2} mb="xs">
            {t("exchange.report.changesTitle")}
          </Title>
          <ChangesTable changes={report.changes} />
        </section>
      )}
      {report.notes.length > 0 && (
        <section className={classes.section}>
          <Title order={2} mb="xs">
            {t("exchange.report.notesTitle")}
          </Title>
          <NotesTable notes={report.notes} />
        </section>
      )}
      <div className={classes.foot}>
        <Stack gap={6}>
          {refused > 0 && choice("acceptRefused", t("exchange.report.acceptRefused", { count: refused }))}
          {report.format !== "Plain" && choice("intoSchool", t("exchange.report.intoSchool", { school }))}
          {report.format !== "Plain" && choice("deleteMissing", t("exchange.report.deleteMissing"))}
          <Text size="xs" c="dimmed">
            {t("exchange.allOrNothing")}
          </Text>
        </Stack>
        {progress ?? (
          <Group gap="xs" wrap="nowrap">
            {onBack !== undefined && (
              <Button variant="default" onClick={onBack}>
                {t("exchange.match.back")}
              </Button>
            )}
            {/* The passwords of new accounts are handed out here and now. */}
            {report.added.accounts === 0 && (
              <Button variant="default" disabled={!ready} onClick={onEnqueue}>
                {t("exchange.enqueue")}
              </Button>
            )}
            <Tooltip
              label={
                <>
                  {t("exchange.apply")} <Keys keys="mod+Enter" />
                </>
              }
            >
              <Button size="sm" disabled={!ready} onClick={onApply}>
                {t("exchange.apply")}
              </Button>
            </Tooltip>
          </Group>
        )}
      </div>
    </>
  );
}
