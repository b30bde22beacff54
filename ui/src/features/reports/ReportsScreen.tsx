// Report cards of a class: the cycle as steps with counts, the students with what their cards lack,
// and the chosen student's page as it will print, or the comments on it.
import { Button, Progress, SegmentedControl, Select, Text, Tooltip, UnstyledButton } from "@mantine/core";
import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useRef, useState, type KeyboardEvent } from "react";
import { enqueueReportCards, listClasses, makeBroadsheet, reportCardReadiness } from "../../bindings/operations";
import type { ClassKind } from "../../bindings/ClassKind";
import type { ReportCardReadiness } from "../../bindings/ReportCardReadiness";
import type { StudentReadiness } from "../../bindings/StudentReadiness";
import type { TableFormat } from "../../bindings/TableFormat";
import { refusal, said } from "../../components/change";
import { FormatMenu } from "../../components/FormatMenu";
import { Missing } from "../../components/Missing";
import { Numeral } from "../../components/Numeral";
import { PersonName } from "../../components/PersonName";
import { Screen, ScreenHead } from "../../components/ScreenHead";
import { Signal } from "../../components/Signal";
import { EmptyState, ErrorState, LoadingShape } from "../../components/states";
import { Keys, useScreenKeys } from "../../frame/keys";
import { useTranslation } from "../../i18n";
import { formatTotal } from "../../numbers";
import { usePlace, useSession } from "../../session/session";
import { steps, tabs, usePlaceOnScreen, type Step, type Tab } from "./ask";
import { CardPage } from "./CardPage";
import { classComments } from "./comments";
import { CommentsTab, DownTheClass } from "./CommentsTab";
import { failed, saveDocument } from "../../components/documents";
import { MakeCards } from "./MakeCards";
import classes from "./reports.module.css";
import { lackingText, placeFrom, problemText } from "./words";
import { byTitle } from "../../names";
import { classChoices, homeroomsFirst } from "../classes/kinds";

export default function ReportsScreen() {
  const { t } = useTranslation();
  const { school, term } = usePlace();
  const { place, go } = usePlaceOnScreen();
  const { may } = useSession();
  // Who leads the school prints also the cards of students who are in groups only; who teaches a group does not.
  const whole = may("schools.save_settings");
  const found = useQuery({
    ...listClasses.query({ school: school?.id ?? "", year: term?.yearId ?? null }),
    enabled: school !== null && term !== null,
  });
  const all = found.data ?? [];
  const taught = !whole || all.some(({ courses }) => courses > 0);
  // A homeroom prints what its students take in groups too; a group without a course, such as a club, is on no card.
  const list = homeroomsFirst(
    (taught ? all : [])
      .filter(({ kind, courses }) => kind === "homeroom" || courses > 0)
      .toSorted((one, other) => byTitle(one.title, other.title)),
  );
  const chosen = list.find(({ id }) => id === place.class) ?? list[0];
  const choice = (
    <Select
      size="xs"
      w={150}
      searchable
      allowDeselect={false}
      aria-label={t("reports.class")}
      data={classChoices(list)}
      value={chosen?.id ?? null}
      onChange={(next) => {
        if (next !== null) go({ class: next });
      }}
    />
  );
  if (term !== null && chosen !== undefined)
    return (
      <ClassCards
        key={`${chosen.id}:${term.id}`}
        classId={chosen.id}
        kind={chosen.kind}
        prints={whole || chosen.kind === "homeroom"}
        term={term.id}
        choice={choice}
        all={list.filter(({ kind }) => whole || kind === "homeroom").map(({ id }) => id)}
      />
    );
  return (
    <Screen padded={false} head={<ScreenHead title={t("reports.title")} about={term?.title} />}>
      {found.error !== null && found.data === undefined ? (
        <ErrorState error={found.error} onRetry={() => void found.refetch()} />
      ) : term === null ? (
        <Missing what="term" />
      ) : found.data === undefined ? (
        <LoadingShape rows={10} />
      ) : (
        <Missing what="courses" />
      )}
    </Screen>
  );
}

interface ClassCardsProps {
  classId: string;
  kind: ClassKind;
  /** Whether the person prints the cards of the class: not those of a group that they only teach. */
  prints: boolean;
  term: string;
  choice: React.ReactNode;
  /** Every class whose cards the person prints, in the order of the list. */
  all: readonly string[];
}

function ClassCards({ classId, kind, prints, term, choice, all }: ClassCardsProps) {
  const { t } = useTranslation();
  const [making, setMaking] = useState<"class" | "student" | null>(null);
  // The comment that the key for the next student goes on with.
  const [focused, setFocused] = useState<string>();
  const { place, go } = usePlaceOnScreen();
  const state = useQuery({
    ...reportCardReadiness.query({ class: classId, term }),
    placeholderData: keepPreviousData,
  });
  const broadsheet = useMutation({
    mutationFn: (format: TableFormat) => makeBroadsheet({ class: classId, term, format }),
    onSuccess: (made) => void saveDocument(made),
    onError: failed,
  });
  const ofAll = useMutation({
    mutationFn: () => enqueueReportCards({ term, classes: [...all] }),
    onSuccess: () => said(t("reports.enqueued", { count: all.length }), null),
    onError: refusal,
  });
  const { data } = state;
  const shown =
    data?.students.filter((student) => place.lacking === undefined || student.lacking.includes(place.lacking)) ?? [];
  const open = data?.students.find(({ student }) => student.id === place.student) ?? shown[0];
  const shownTabs = tabs.filter((one) => prints || one !== "page");
  const tab = shownTabs.find((one) => one === place.tab) ?? shownTabs[0] ?? "comments";
  const none = data === undefined || data.students.length === 0;
  useScreenKeys(
    prints
      ? [
          {
            keys: "mod+P",
            label: t("reports.make.title"),
            run: () => {
              if (!none) setMaking("class");
            },
          },
        ]
      : [],
  );
  return (
    <Screen
      padded={false}
      head={
        <ScreenHead title={t("reports.title")} about={data?.termTitle}>
          {choice}
          <FormatMenu onChoose={(format) => broadsheet.mutate(format)}>
            <Button variant="default" disabled={none && kind === "homeroom"} loading={broadsheet.isPending}>
              {t("reports.broadsheet")}
            </Button>
          </FormatMenu>
          {all.length > 1 && (
            <Button variant="default" loading={ofAll.isPending} onClick={() => ofAll.mutate()}>
              {t("reports.make.allClasses")}
            </Button>
          )}
          {prints && (
            <Tooltip
              label={
                <>
                  {t("reports.make.title")} <Keys keys="mod+P" />
                </>
              }
            >
              <Button disabled={none} onClick={() => setMaking("class")}>
                {t("reports.make.class")}
              </Button>
            </Tooltip>
          )}
        </ScreenHead>
      }
    >
      {state.error !== null && data === undefined && (
        <ErrorState error={state.error} onRetry={() => void state.refetch()} />
      )}
      {state.isPending && <LoadingShape rows={12} />}
      {data !== undefined && none && kind === "group" && prints && (
        <EmptyState title={t("reports.group.title", { class: data.classTitle })}>{t("reports.group.text")}</EmptyState>
      )}
      {data !== undefined && none && !(kind === "group" && prints) && (
        <Missing what="students" title={t("reports.nobody", { class: data.classTitle })} path={`/classes/${classId}`} />
      )}
      {data !== undefined && !none && (
        <div className={classes.cards}>
          <Steps
            state={data}
            lacking={place.lacking}
            onChoose={(lacking) => go({ ...place, class: classId, lacking, student: undefined })}
          />
          <div className={classes.body} data-tab={tab} aria-busy={state.isPlaceholderData}>
            <Students
              state={data}
              shown={shown}
              lacking={place.lacking}
              open={open?.student.id}
              onOpen={(student) => go({ ...place, class: classId, student }, true)}
              onAll={() => go({ ...place, class: classId, lacking: undefined })}
            />
            {open === undefined ? (
              <EmptyState
                title={t("reports.stepDone")}
                action={
                  <Button variant="default" onClick={() => go({ ...place, class: classId, lacking: undefined })}>
                    {t("reports.showAll")}
                  </Button>
                }
              />
            ) : (
              <Card
                classId={classId}
                term={term}
                student={open}
                tab={tab}
                shownTabs={shownTabs}
                prints={prints}
                column={place.column}
                focused={focused}
                onTab={(next) => {
                  setFocused(undefined);
                  go({ ...place, class: classId, student: open.student.id, tab: next }, true);
                }}
                onColumn={(column) => go({ ...place, class: classId, column }, true)}
                onStudent={(student) => go({ ...place, class: classId, student }, true)}
                onStep={(by, column) => {
                  const next = shown[placeFrom(data.students, shown, open.student.id, by)];
                  if (next === undefined) return;
                  setFocused(column);
                  go({ ...place, class: classId, student: next.student.id }, true);
                }}
                onMake={() => setMaking("student")}
              />
            )}
          </div>
        </div>
      )}
      {/* Asked for while another class is loading, it opens with that class's students. */}
      {data !== undefined && !state.isPlaceholderData && making !== null && (
        <MakeCards
          class={classId}
          classTitle={data.classTitle}
          term={term}
          students={data.students}
          ready={data.ready}
          onClose={() => setMaking(null)}
          {...(making === "student" && open !== undefined ? { student: open } : {})}
        />
      )}
    </Screen>
  );
}

function Steps({
  state,
  lacking,
  onChoose,
}: {
  state: ReportCardReadiness;
  lacking: Step | undefined;
  onChoose: (step: Step | undefined) => void;
}) {
  const { t } = useTranslation();
  const of = state.students.length;
  const counts = new Map(state.steps.map(({ step, done }) => [step, done]));
  return (
    <div className={classes.steps} role="group" aria-label={t("reports.steps.label")}>
      {steps.map((step, place) => {
        const done = counts.get(step) ?? 0;
        return (
          <Tooltip key={step} label={t(`reports.steps.${step}.text`)} multiline maw={280}>
            <UnstyledButton
              className={classes.step}
              aria-pressed={lacking === step}
              onClick={() => onChoose(lacking === step ? undefined : step)}
            >
              <span className={classes.stepTitle}>
                <bdi>
                  {place + 1}. {t(`reports.steps.${step}.title`)}
                </bdi>
                {done === of && <Signal tone="good" />}
              </span>
              <bdi className={`${classes.stepCount} figures`}>{t("reports.steps.count", { done, of })}</bdi>
              <Progress size="xs" value={(100 * done) / of} color={done === of ? "good" : "accent"} aria-hidden />
            </UnstyledButton>
          </Tooltip>
        );
      })}
    </div>
  );
}

interface StudentsProps {
  state: ReportCardReadiness;
  shown: readonly StudentReadiness[];
  lacking: Step | undefined;
  open: string | undefined;
  onOpen: (student: string) => void;
  onAll: () => void;
}

function Students({ state, shown, lacking, open, onOpen, onAll }: StudentsProps) {
  const { t } = useTranslation();
  const list = useRef<HTMLDivElement>(null);
  const move = (by: number) => {
    const next = Math.max(0, Math.min(shown.length - 1, placeFrom(state.students, shown, open, by)));
    const row = shown[next];
    if (row === undefined) return;
    onOpen(row.student.id);
    list.current?.querySelectorAll('[role="option"]')[next]?.scrollIntoView({ block: "nearest" });
  };
  useScreenKeys([
    { keys: "J", label: t("frame.keys.move"), run: () => move(1) },
    { keys: "K", label: t("frame.keys.move"), run: () => move(-1) },
  ]);
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -shown.length, End: shown.length }[
      event.key
    ];
    if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    move(by);
  };
  return (
    <div
      className={classes.students}
      ref={list}
      tabIndex={0}
      role="listbox"
      aria-label={t("reports.students")}
      aria-activedescendant={open === undefined ? undefined : `card-${open}`}
      onKeyDown={onKeyDown}
    >
      {lacking !== undefined && (
        <div className={classes.filter} role="presentation">
          <span>{t("reports.lacking", { step: t(`reports.steps.${lacking}.title`), count: shown.length })}</span>
          <Button variant="subtle" tabIndex={-1} onClick={onAll}>
            {t("reports.showAll")}
          </Button>
        </div>
      )}
      {shown.map((row) => {
        const { student } = row;
        const problem = row.problems.find(({ leftOut }) => leftOut) ?? row.problems[0];
        const about = [...row.problems.map((one) => problemText(one, t)), lackingText(row, state, t)]
          .filter((text) => text !== "")
          .join(" · ");
        return (
          <div
            key={student.id}
            id={`card-${student.id}`}
            role="option"
            aria-selected={student.id === open}
            className={classes.student}
            onClick={() => onOpen(student.id)}
          >
            <PersonName name={student.listName} bold />
            {problem !== undefined ? (
              <Signal tone={problem.leftOut ? "wrong" : "attention"}>
                {t(`reports.state.${problem.leftOut ? "problem" : problem.letters.length > 0 ? "letters" : "remark"}`)}
              </Signal>
            ) : row.ready ? (
              <Signal tone="good">{t("reports.state.ready")}</Signal>
            ) : (
              <Numeral>
                {row.overall === null ? "–" : t("analytics.percent", { value: formatTotal(row.overall, state.rules) })}
              </Numeral>
            )}
            <span
              className={classes.lacks}
              data-tone={problem === undefined ? undefined : problem.leftOut ? "wrong" : "attention"}
              title={about}
            >
              <bdi>{about}</bdi>
            </span>
          </div>
        );
      })}
    </div>
  );
}

interface CardProps {
  classId: string;
  term: string;
  student: StudentReadiness;
  tab: Tab;
  shownTabs: readonly Tab[];
  prints: boolean;
  column: string | undefined;
  focused: string | undefined;
  onTab: (tab: Tab) => void;
  onColumn: (column: string) => void;
  onStudent: (student: string) => void;
  onStep: (by: number, column: string) => void;
  onMake: () => void;
}

function Card({
  classId,
  term,
  student,
  tab,
  shownTabs,
  prints,
  column,
  focused,
  onTab,
  onColumn,
  onStudent,
  onStep,
  onMake,
}: CardProps) {
  const { t } = useTranslation();
  const { whoami } = useSession();
  return (
    <section className={classes.right} aria-label={student.student.name}>
      <div className={classes.rightHead}>
        <SegmentedControl
          size="xs"
          aria-label={t("reports.tabs.label")}
          value={tab}
          onChange={(next) => onTab(next as Tab)}
          data={shownTabs.map((value) => ({ value, label: t(`reports.tabs.${value}`) }))}
        />
        {prints ? (
          <Button variant="default" onClick={onMake}>
            {t("reports.make.one")}
          </Button>
        ) : (
          <Text size="xs" c="dimmed">
            {t("reports.group.taught")}
          </Text>
        )}
      </div>
      <div className={classes.rightBody}>
        {tab === "page" && (
          <CardPage key={student.student.id} student={student.student.id} name={student.student.name} term={term} />
        )}
        {tab === "comments" && (
          <CommentsTab
            key={student.student.id}
            comments={classComments(whoami.user, classId, term)}
            student={student.student.id}
            focused={focused}
            onStep={onStep}
          />
        )}
        {tab === "subject" && (
          <DownTheClass
            comments={classComments(whoami.user, classId, term)}
            column={column}
            student={student.student.id}
            onColumn={onColumn}
            onStudent={onStudent}
          />
        )}
      </div>
    </section>
  );
}
