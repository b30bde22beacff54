// Import: choose files, say what the columns hold, see what would happen, then all of it or nothing.
import { Alert, Button, Group, Stack, Stepper, Text } from "@mantine/core";
import { Dropzone } from "@mantine/dropzone";
import { IconCircleCheck, IconFileImport } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useRef, useState } from "react";
import type { ColumnMatching } from "../../bindings/ColumnMatching";
import type { DateOrder } from "../../bindings/DateOrder";
import type { ImportCounts } from "../../bindings/ImportCounts";
import type { ImportInput } from "../../bindings/ImportInput";
import type { ImportPreview } from "../../bindings/ImportPreview";
import type { FullNameOrder } from "../../bindings/FullNameOrder";
import type { ListKind } from "../../bindings/ListKind";
import { enqueueImport, importApply, importDryRun, previewImport, saveRefused } from "../../bindings/operations";
import type { ReadAs } from "../../bindings/ReadAs";
import type { TableFormat } from "../../bindings/TableFormat";
import { asOperationError } from "../../bridge";
import { refusal, said } from "../../components/change";
import { failed, saveDocument } from "../../components/documents";
import { JobProgress } from "../../components/JobProgress";
import { askBeforeLeaving, useLeaving } from "../../components/leaving";
import { Screen, ScreenHead } from "../../components/ScreenHead";
import { LoadingShape } from "../../components/states";
import { upload } from "../../files";
import { useTranslation } from "../../i18n";
import { formatNumber } from "../../numbers";
import { usePlace, useSession } from "../../session/session";
import { CheckView, type Choices } from "./CheckView";
import classes from "./exchange.module.css";
import { ExportSection } from "./ExportSection";
import { Accounts } from "./Accounts";
import { Failure } from "./Failure";
import { MatchView } from "./MatchView";
import type { Mends } from "./mends";
import { ReadView } from "./ReadView";
import { CountsTable } from "./tables";

interface Chosen {
  uploads: string[];
  preview: ImportPreview;
}
interface Asked extends Choices {
  uploads: readonly string[];
  kind: ListKind | null;
  matching: ColumnMatching | null;
  dates: DateOrder | null;
  mends: Mends;
  readAs: ReadAs;
  names: FullNameOrder | null;
}

interface Look {
  uploads: string[];
  as: ReadAs;
  kind: ListKind | null;
}

/** Where what a list brought is seen. */
const homes = {
  students: "/students",
  staff: "/staff",
  classes: "/classes",
  courses: "/courses",
  enrolments: "/classes",
  guardians: "/students",
  marks: "/students",
  attendance: "/students",
} as const satisfies Readonly<Record<ListKind, string>>;

const nothingSaid: ReadAs = {};
const sum = (counts: ImportCounts) => Object.values(counts).reduce((all, count) => all + count, 0);

export default function ImportScreen() {
  const { school } = usePlace();
  if (school === null) return null;
  // Files chosen for one school are not imported into another.
  return <OfSchool key={school.id} school={school.id} name={school.name} />;
}

function OfSchool({ school, name }: { school: string; name: string }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const navigate = useNavigate();
  const [matching, setMatching] = useState<ColumnMatching | null>(null);
  const [dates, setDates] = useState<DateOrder | null>(null);
  const [choices, setChoices] = useState<Choices>({ acceptRefused: false, deleteMissing: false, intoSchool: false });
  const [mends, setMends] = useState<Mends>({});
  const [chosen, setChosen] = useState<Chosen | undefined>();
  const [readAs, setReadAs] = useState<ReadAs>(nothingSaid);
  const [names, setNames] = useState<FullNameOrder | null>(null);
  const [job, setJob] = useState("");
  const kind = chosen?.preview.table?.kind ?? null;
  const input = ({ uploads, matching: columns, mends: rows, ...rest }: Asked): ImportInput => ({
    school,
    uploads: [...uploads],
    matching: columns,
    mended: Object.values(rows),
    ...rest,
  });

  const check = useMutation({ mutationFn: (asked: Asked) => importDryRun(input(asked)) });
  const look = useMutation({
    mutationFn: async ({ uploads, as, kind }: Look): Promise<Chosen> => ({
      uploads,
      preview: await previewImport({ school, uploads, readAs: as, kind }),
    }),
    onSuccess: ({ uploads, preview }, { as }) => {
      setChosen({ uploads, preview });
      setMatching(preview.table?.suggested ?? null);
      if (preview.table === null)
        check.mutate({ uploads, kind: null, matching: null, dates, mends, readAs: as, names, ...choices });
    },
  });
  const choose = useMutation({
    mutationFn: async (files: readonly File[]) => Promise.all(files.map(upload)),
    onSuccess: (uploads) => look.mutate({ uploads, as: readAs, kind: null }),
  });
  const readAgain = (as: ReadAs) => {
    setReadAs(as);
    // Other lines and columns: what was mended stood on those of before.
    setMends({});
    if (chosen !== undefined) look.mutate({ uploads: chosen.uploads, as, kind });
  };
  const apply = useMutation({
    mutationFn: ({ asked, id }: { asked: Asked; id: string }) => importApply(input(asked), id),
    onSuccess: (report) => {
      const words = t(report.applied ? "exchange.applied" : "exchange.notApplied", {
        added: formatNumber(sum(report.added)),
        changed: formatNumber(sum(report.changed)),
      });
      said(words, report.undo);
    },
  });
  const later = useMutation({
    mutationFn: (asked: Asked) => enqueueImport(input(asked)),
    onSuccess: () => {
      said(t("exchange.enqueued"), null);
      again();
    },
    onError: refusal,
  });
  const save = useMutation({
    mutationFn: async ({ asked, format }: { asked: Asked; format: TableFormat }) =>
      saveDocument(await saveRefused({ ...input(asked), format }), true),
    onError: failed,
  });
  const again = () => {
    choose.reset();
    look.reset();
    check.reset();
    apply.reset();
    setMends({});
    setChosen(undefined);
    setReadAs(nothingSaid);
    setNames(null);
    setChoices({ acceptRefused: false, deleteMissing: false, intoSchool: false });
    setDates(null);
  };
  const asked: Asked | null =
    chosen === undefined ? null : { uploads: chosen.uploads, kind, matching, dates, mends, readAs, names, ...choices };
  const rerun = (next: Choices) => {
    setChoices(next);
    // What is accepted changes no figure; the other two do.
    if (asked !== null && (next.deleteMissing !== choices.deleteMissing || next.intoSchool !== choices.intoSchool))
      check.mutate({ ...asked, ...next });
  };
  const recheck = (more: Partial<Asked>) => {
    if (asked === null) return;
    apply.reset();
    check.mutate({ ...asked, ...more });
  };
  const start = () => {
    if (asked === null) return;
    const id = crypto.randomUUID();
    setJob(id);
    apply.mutate({ asked, id });
  };
  const done = apply.data?.applied === true ? apply.data : null;
  const checked = check.data !== undefined && !check.isPending;
  const plain = chosen?.preview.table ?? null;
  const step = done !== null ? 3 : checked || check.isPending ? 2 : chosen !== undefined && plain !== null ? 1 : 0;
  const leaving = useLeaving(
    chosen === undefined || done !== null || apply.isPending
      ? null
      : {
          title: t("exchange.leaving.title"),
          text: t("exchange.leaving.text"),
          leave: t("exchange.leaving.leave"),
          stay: t("exchange.leaving.stay"),
        },
  );
  const failure = apply.error ?? check.error ?? look.error ?? choose.error;

  return (
    <Screen
      head={
        <ScreenHead title={t("exchange.title")} about={t("exchange.about", { school: name })}>
          {chosen !== undefined && done === null && !apply.isPending && (
            <Button variant="default" onClick={() => askBeforeLeaving(again)}>
              {t("exchange.choose.other")}
            </Button>
          )}
        </ScreenHead>
      }
    >
      {leaving}
      <div className={classes.column}>
        <Stepper active={step} size="xs" aria-label={t("exchange.steps.label")}>
          <Stepper.Step label={t("exchange.steps.choose")} />
          <Stepper.Step label={t("exchange.steps.match")} />
          <Stepper.Step label={t("exchange.steps.check")} />
          <Stepper.Step label={t("exchange.steps.done")} />
        </Stepper>
        {chosen !== undefined && (
          <Text size="sm">
            <strong>
              {kind === null ? t(`exchange.formats.${chosen.preview.format}`) : t(`exchange.list.of.${kind}`)}
            </strong>{" "}
            ·{" "}
            {chosen.preview.files.length <= 3 ? (
              <bdi>{chosen.preview.files.join(", ")}</bdi>
            ) : (
              t("exchange.files", { count: chosen.preview.files.length })
            )}
          </Text>
        )}
        {failure !== null && <Failure error={asOperationError(failure)} />}
        {chosen === undefined && (
          <Choose
            busy={choose.isPending || look.isPending}
            onFiles={(files) => {
              look.reset();
              check.reset();
              apply.reset();
              choose.mutate(files);
            }}
          />
        )}
        {chosen === undefined && may("exchange.export_oneroster") && <ExportSection school={school} name={name} />}
        {step === 1 && chosen !== undefined && plain !== null && (
          <ReadView readings={chosen.preview.readings} said={{ files: { readAs, onChange: readAgain } }} />
        )}
        {look.isPending && chosen !== undefined && (
          <Text size="sm" role="status">
            {t("exchange.choose.reading")}
          </Text>
        )}
        {step === 1 && plain !== null && matching !== null && asked !== null && (
          <MatchView
            table={plain}
            matching={matching}
            dates={dates}
            onKind={(said) => {
              if (chosen !== undefined) look.mutate({ uploads: chosen.uploads, as: readAs, kind: said });
            }}
            onMatching={setMatching}
            onDates={setDates}
            onCheck={() => {
              apply.reset();
              check.mutate(asked);
            }}
          />
        )}
        {check.isPending && (
          <>
            <Text size="sm" role="status">
              {t("exchange.report.checking")}
            </Text>
            <LoadingShape rows={6} />
          </>
        )}
        {checked && done === null && (
          <CheckView
            report={check.data}
            said={{
              names: {
                order: names,
                onChange: (order) => {
                  setNames(order);
                  recheck({ names: order });
                },
              },
              dates: {
                order: dates,
                onChange: (order) => {
                  setDates(order);
                  recheck({ dates: order });
                },
              },
            }}
            school={name}
            choices={choices}
            busy={apply.isPending || later.isPending}
            onChoices={rerun}
            onApply={start}
            onEnqueue={() => {
              if (asked !== null) later.mutate(asked);
            }}
            mends={mends}
            typed={mends !== check.variables.mends}
            saving={save.isPending}
            onMends={setMends}
            onCheck={() => recheck({})}
            onSave={(format) => {
              if (asked !== null) save.mutate({ asked, format });
            }}
            onBack={
              plain === null
                ? undefined
                : () => {
                    check.reset();
                    apply.reset();
                  }
            }
            progress={apply.isPending ? <JobProgress job={job} label={t("exchange.applying")} /> : null}
          />
        )}
        {done !== null && (
          <Stack gap="md">
            {done.accounts !== null && <Accounts made={done.accounts} />}
            <Alert color="good" icon={<IconCircleCheck size="1.25rem" />} title={t("exchange.done")} role="status">
              <Group gap="xs" mt={4}>
                <Button
                  variant={done.accounts === null ? "filled" : "default"}
                  onClick={() => void navigate({ to: homes[kind ?? "students"] })}
                >
                  {t(`exchange.list.open.${kind ?? "students"}`)}
                </Button>
                <Button variant="default" onClick={again}>
                  {t("exchange.again")}
                </Button>
              </Group>
            </Alert>
            <CountsTable report={done} title={t("exchange.report.didTitle")} />
          </Stack>
        )}
      </div>
    </Screen>
  );
}

function Choose({ busy, onFiles }: { busy: boolean; onFiles: (files: File[]) => void }) {
  const { t } = useTranslation();
  const open = useRef<() => void>(null);
  return (
    <Dropzone
      className={classes.drop}
      openRef={open}
      onDrop={onFiles}
      loading={busy}
      multiple
      activateOnKeyboard={false}
      inputProps={{ "aria-label": t("exchange.choose.label") }}
      loaderProps={{ "aria-label": t("exchange.choose.reading") }}
    >
      <Stack align="center" gap="xs">
        <IconFileImport size="2.5rem" stroke={1.25} aria-hidden />
        <Text fw={600} size="md">
          {t("exchange.choose.drop")}
        </Text>
        <Text size="sm" c="dimmed" maw={480}>
          {t("exchange.choose.what")}
        </Text>
        <Button
          mt="xs"
          onClick={(event) => {
            event.stopPropagation();
            open.current?.();
          }}
        >
          {t("exchange.steps.choose")}
        </Button>
      </Stack>
    </Dropzone>
  );
}
