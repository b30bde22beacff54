// The mark sheet of one course in the term of the top bar.
import { ActionIcon, Anchor, Button, Group, Select, Tooltip } from "@mantine/core";
import { IconColumns, IconDownload, IconSum } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useCallback, useEffect, useMemo, useState, type ReactNode } from "react";
import type { AssessmentColumn } from "../../bindings/AssessmentColumn";
import type { MarkSheet } from "../../bindings/MarkSheet";
import { coursesForMarks, exportMarks } from "../../bindings/operations";
import { asOperationError } from "../../bridge";
import { failed, saveDocument } from "../../components/documents";
import { FormatMenu } from "../../components/FormatMenu";
import type { TableFormat } from "../../bindings/TableFormat";
import { Beside } from "../../components/Pane";
import { Missing } from "../../components/Missing";
import { Screen, ScreenHead } from "../../components/ScreenHead";
import type { CellChange } from "../../components/sheet/history";
import { KeptNote } from "../../components/sheet/KeptNote";
import { Sheet } from "../../components/sheet/Sheet";
import type { HowCommitted } from "../../components/sheet/types";
import { useKeptCells } from "../../components/sheet/useKeptCells";
import { EmptyState, ErrorState, LoadingShape, SavedState } from "../../components/states";
import { redoLatest, undoLatest, undoRefused } from "../../components/undo";
import { windowWidth } from "../../components/width";
import { Keys, useScreenKeys } from "../../frame/keys";
import { useTranslation } from "../../i18n";
import { usePlace, useSession } from "../../session/session";
import { choicesByKind } from "../classes/kinds";
import { AssessmentForm } from "./AssessmentForm";
import { ColumnsPane } from "./ColumnsPane";
import { ExplainPane } from "./ExplainPane";
import classes from "./gradebook.module.css";
import { sheetMarks, type SheetMarks } from "./marks";
import { OwnEntries } from "./OwnEntries";
import { cellsOf, columnsOf, footersOf, rowsOf, totalsOf } from "./view";
import { byTitle } from "../../names";

export default function MarkSheetScreen() {
  const { whoami } = useSession();
  const { term } = usePlace();
  const { course = "" } = useParams({ strict: false }) as { course?: string };
  if (term === null) return <Missing what="term" />;
  return <CourseSheet key={`${course}:${term.id}`} marks={sheetMarks(whoami.user, course, term.id)} />;
}

function CourseSheet({ marks }: { marks: SheetMarks }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const sheet = useQuery({ ...marks.asked, queryFn: marks.load });
  if (sheet.data?.ownEntriesOnly === true)
    return <OwnEntries sheet={sheet.data} choice={<CourseChoice course={marks.course} />} />;
  if (sheet.data !== undefined) return <OpenSheet marks={marks} sheet={sheet.data} />;
  return (
    <Screen
      padded={false}
      head={
        <ScreenHead title={t("gradebook.rail")}>
          <CourseChoice course={marks.course} />
        </ScreenHead>
      }
    >
      {sheet.error !== null && asOperationError(sheet.error).code === "not_found" ? (
        <EmptyState
          title={t("gradebook.sheet.notHere")}
          action={<Button onClick={() => void navigate({ to: "/marks" })}>{t("gradebook.sheet.choose")}</Button>}
        >
          {t("gradebook.sheet.notHereText")}
        </EmptyState>
      ) : sheet.error !== null ? (
        <ErrorState error={sheet.error} onRetry={() => void sheet.refetch()} />
      ) : (
        <LoadingShape rows={14} />
      )}
    </Screen>
  );
}

type Pane = "explain" | "columns" | "none";

function OpenSheet({ marks, sheet }: { marks: SheetMarks; sheet: MarkSheet }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as { pane?: Pane };
  // In a narrow window the room belongs to the marks until the pane is asked for.
  const pane = search.pane ?? (windowWidth() < 72 ? "none" : "explain");
  const show = (next: Pane) => void navigate({ to: ".", search: { pane: next }, replace: true });
  const [form, setForm] = useState<{ assessment: AssessmentColumn | null } | null>(null);
  const [goTo, setGoTo] = useState<string | null>(null);
  const [active, setActive] = useState<{ row: string; column: string } | null>(null);
  const onActive = useCallback((row: string, column: string) => setActive({ row, column }), []);

  const stored = useMemo(() => cellsOf(sheet, marks, t), [sheet, marks, t]);
  const cells = useKeptCells(marks.key, marks.save, stored);
  // A mark may be stored otherwise than it was typed (`13,50` as `13.5`).
  // biome-ignore lint/correctness/useExhaustiveDependencies(sheet): a new answer is the moment to compare with it.
  useEffect(() => marks.kept.settle((edit) => marks.isStored(edit)), [marks, sheet]);
  const { onCommit: keep } = cells;
  const onCommit = useCallback(
    (changes: readonly CellChange[], how?: HowCommitted) => {
      const write = () => {
        marks.begin(changes);
        keep(changes);
      };
      if (how === undefined) write();
      else
        marks
          .takeBack(changes, how)
          .then((done) => {
            if (!done) write();
          })
          .catch(undoRefused);
    },
    [marks, keep],
  );
  const onHistoryEnd = useCallback((again: boolean) => void (again ? redoLatest() : undoLatest()), []);

  const rows = useMemo(() => rowsOf(sheet, t), [sheet, t]);
  const columns = useMemo(() => columnsOf(sheet, t), [sheet, t]);
  const totals = useMemo(() => totalsOf(sheet, t), [sheet, t]);
  const footers = useMemo(() => footersOf(sheet, t), [sheet, t]);
  const { may } = useSession();
  const save = useMutation({
    mutationFn: (format: TableFormat) => exportMarks({ course: marks.course, term: marks.term, format }),
    onSuccess: (made) => void saveDocument(made),
    onError: failed,
  });
  const add = () => setForm({ assessment: null });
  useScreenKeys([
    { keys: "mod+N", label: t("gradebook.sheet.new"), opens: true, run: add },
    { keys: "mod+E", label: t("gradebook.sheet.explain"), run: () => show(pane === "explain" ? "none" : "explain") },
  ]);

  const student = active?.row ?? sheet.students[0]?.id;
  const assessment = active?.column ?? columns[0]?.id ?? null;
  const title = t("gradebook.sheet.title", { subject: sheet.subjectTitle, class: sheet.classTitle });
  let beside: ReactNode = null;
  if (pane === "columns")
    beside = (
      <ColumnsPane sheet={sheet} onAssessment={(one) => setForm({ assessment: one })} onClose={() => show("none")} />
    );
  else if (pane === "explain" && student !== undefined && columns.length > 0) {
    beside = (
      <ExplainPane
        sheet={sheet}
        marks={marks}
        student={student}
        assessment={assessment}
        cell={assessment === null ? null : cells.getCell(student, assessment)}
        onClose={() => show("none")}
        onWrite={(text) => {
          if (assessment !== null) onCommit([{ row: student, column: assessment, before: text, after: text }]);
        }}
      />
    );
  }
  return (
    <Screen
      padded={false}
      head={
        <ScreenHead
          title={title}
          about={
            <Group gap="xs" wrap="nowrap">
              <span>{sheet.termTitle}</span>
              <SavedState state={cells.state === "idle" && marks.anySaved ? "saved" : cells.state} />
              {cells.state === "unsaved" && (
                <Anchor component="button" size="xs" onClick={cells.retry}>
                  {t("common.retry")}
                </Anchor>
              )}
            </Group>
          }
        >
          <CourseChoice course={marks.course} />
          <Tooltip
            label={
              <>
                {t("gradebook.sheet.explain")} <Keys keys="mod+E" />
              </>
            }
          >
            <Button
              variant="default"
              disabled={columns.length === 0}
              aria-pressed={pane === "explain"}
              leftSection={<IconSum size="1rem" />}
              onClick={() => show(pane === "explain" ? "none" : "explain")}
            >
              {t("gradebook.sheet.explainShort")}
            </Button>
          </Tooltip>
          <Button
            variant="default"
            aria-pressed={pane === "columns"}
            leftSection={<IconColumns size="1rem" />}
            onClick={() => show(pane === "columns" ? "explain" : "columns")}
          >
            {t("gradebook.columns.title")}
          </Button>
          {may("gradebook.export_marks") && (
            <FormatMenu onChoose={(format) => save.mutate(format)}>
              <ActionIcon
                variant="default"
                size={30}
                loading={save.isPending}
                title={t("gradebook.sheet.export")}
                aria-label={t("gradebook.sheet.export")}
              >
                <IconDownload size="1rem" />
              </ActionIcon>
            </FormatMenu>
          )}
          <Tooltip
            label={
              <>
                {t("gradebook.sheet.new")} <Keys keys="mod+N" />
              </>
            }
          >
            <Button onClick={add}>{t("gradebook.sheet.new")}</Button>
          </Tooltip>
        </ScreenHead>
      }
    >
      <Beside pane={beside}>
        {sheet.students.length === 0 && (
          <Missing
            what="students"
            title={t("gradebook.sheet.noStudents", { class: sheet.classTitle })}
            path={`/classes/${sheet.class}`}
          />
        )}
        {sheet.students.length > 0 && columns.length === 0 && (
          <EmptyState
            title={t("gradebook.sheet.noAssessments")}
            action={<Button onClick={add}>{t("gradebook.sheet.new")}</Button>}
          >
            {t("gradebook.sheet.noAssessmentsText")}
          </EmptyState>
        )}
        {sheet.students.length > 0 && columns.length > 0 && (
          <div className={classes.beside}>
            <KeptNote sheet={marks.kept} />
            <Sheet
              label={t("gradebook.sheet.label", { subject: sheet.subjectTitle, class: sheet.classTitle })}
              nameTitle={t("gradebook.sheet.student")}
              rows={rows}
              columns={columns}
              totals={totals}
              footers={footers}
              getCell={cells.getCell}
              onCommit={onCommit}
              onHistoryEnd={onHistoryEnd}
              onActive={onActive}
              goTo={goTo}
              onGone={() => setGoTo(null)}
              onColumnTitle={(id) => setForm({ assessment: sheet.assessments.find((one) => one.id === id) ?? null })}
            />
            <div className={classes.help}>
              <bdi>
                {t("gradebook.sheet.words", {
                  excused: sheet.words.excused.join(", "),
                  missing: sheet.words.missing.join(", "),
                })}
              </bdi>
              {sheet.outside.length > 0 && <bdi>{t("gradebook.sheet.hatched")}</bdi>}
              <bdi>
                {t("gradebook.sheet.paste")} <Keys keys="?" />
              </bdi>
            </div>
          </div>
        )}
      </Beside>
      {form !== null && (
        <AssessmentForm sheet={sheet} assessment={form.assessment} onClose={() => setForm(null)} onSaved={setGoTo} />
      )}
    </Screen>
  );
}

/** Another course of this person, without going back to the list. */
function CourseChoice({ course }: { course: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { school, term } = usePlace();
  const list = useQuery({
    ...coursesForMarks.query({ school: school?.id ?? "", term: term?.id ?? "" }),
    enabled: school !== null && term !== null,
  });
  const data = choicesByKind(
    (list.data ?? [])
      .toSorted(
        (one, other) => byTitle(one.subjectTitle, other.subjectTitle) || byTitle(one.classTitle, other.classTitle),
      )
      .map((one) => ({
        value: one.course,
        label: t("gradebook.sheet.choice", { class: one.classTitle, subject: one.subjectTitle }),
        kind: one.classKind,
      })),
  );
  return (
    <Select
      size="xs"
      w={220}
      aria-label={t("gradebook.sheet.course")}
      placeholder={t("gradebook.sheet.course")}
      searchable
      allowDeselect={false}
      maxDropdownHeight={360}
      data={data}
      value={course}
      onChange={(next) => {
        if (next !== null && next !== course) void navigate({ to: `/marks/${next}` });
      }}
    />
  );
}
