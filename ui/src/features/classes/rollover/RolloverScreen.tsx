// From one academic year into the next: what becomes of every homeroom and student, planned by rule, changed here, and
// done in one step.
import { Alert, Button, Checkbox, Select, Text, Tooltip, UnstyledButton } from "@mantine/core";
import { IconFileImport } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useCallback, useMemo, useState, type ReactNode } from "react";
import { decideRolloverClass, planRollover } from "../../../bindings/operations";
import type { RolledOver } from "../../../bindings/RolledOver";
import type { RolloverClass } from "../../../bindings/RolloverClass";
import type { RolloverCounts } from "../../../bindings/RolloverCounts";
import type { RolloverGrade } from "../../../bindings/RolloverGrade";
import type { RolloverPlan } from "../../../bindings/RolloverPlan";
import type { YearRow } from "../../../bindings/YearRow";
import { useListAddress } from "../../../components/address";
import { change } from "../../../components/change";
import { Missing } from "../../../components/Missing";
import { Numeral } from "../../../components/Numeral";
import { PagedTable, type ListColumn, type PageRequest } from "../../../components/PagedTable";
import { Beside, Pane } from "../../../components/Pane";
import { Screen, ScreenHead } from "../../../components/ScreenHead";
import { Signal } from "../../../components/Signal";
import { EmptyState, ErrorState, LoadingShape } from "../../../components/states";
import { finds } from "../../../finds";
import { Keys, useScreenKeys } from "../../../frame/keys";
import { t, useTranslation } from "../../../i18n";
import { formatNumber } from "../../../numbers";
import { usePlace, useSession } from "../../../session/session";
import { useYears } from "../ask";
import { GradePlacesNote } from "../PlacesNote";
import { ApplyForm } from "./ApplyForm";
import { classChoices, classValue, type Decision, saidOfClass } from "./outcomes";
import { OutcomeSelect } from "./OutcomeSelect";
import { ReadListForm } from "./ReadListForm";
import classes from "./rollover.module.css";
import { StudentList } from "./StudentList";
import { endingYear, yearsAfter } from "./years";

/** What is open in the pane where it is no homeroom. */
const allUnresolved = "unresolved";

export default function RolloverScreen() {
  const { t } = useTranslation();
  const { school } = usePlace();
  const years = useYears();
  if (school !== null && years.data !== undefined)
    return <OfSchool key={school.id} school={school.id} today={school.today} years={years.data} />;
  return (
    <Screen head={<ScreenHead title={t("classes.rollover.title")} />}>
      {school === null ? (
        <EmptyState title={t("frame.noSchool")} />
      ) : years.error === null ? (
        <LoadingShape />
      ) : (
        <ErrorState error={years.error} onRetry={() => void years.refetch()} />
      )}
    </Screen>
  );
}

function OfSchool({ school, today, years }: { school: string; today: string; years: readonly YearRow[] }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { may } = useSession();
  const { open, chosen, go, choose } = useListAddress("/classes/rollover");
  const [result, setResult] = useState<RolledOver | null>(null);
  const from = years.find(({ id }) => id === chosen("from")) ?? endingYear(years, today);
  const after = from === null ? [] : yearsAfter(from, years);
  const to = after.find(({ id }) => id === chosen("to")) ?? after[0] ?? null;
  const groups = chosen("groups") !== "no";
  const teachers = chosen("teachers") !== "no";
  const ask = { school, from: from?.id ?? "", to: to?.id ?? "", groups, teachers };
  const plan = useQuery({
    ...planRollover.query(ask),
    enabled: to !== null,
    // What another year comes to is not shown under this one's name.
    placeholderData: (before, query) => {
      const asked = query?.queryKey[1] as typeof ask | undefined;
      return asked?.from === ask.from && asked.to === ask.to ? before : undefined;
    },
  });
  const mayApply = may("classes.roll_over") && plan.data !== undefined;
  const mayRead = may("classes.rollover_from_file") && to !== null;
  const apply = () => choose({ do: "apply" });
  const close = () => choose({ do: null });
  useScreenKeys(
    mayApply ? [{ keys: "mod+Enter", label: t("classes.rollover.apply.open"), opens: true, run: apply }] : [],
  );
  const head = (
    <ScreenHead title={t("classes.rollover.title")} about={t("classes.rollover.about")}>
      <Button variant="default" onClick={() => void navigate({ to: "/classes" })}>
        {t("classes.rollover.back")}
      </Button>
      {mayRead && (
        <Button variant="default" leftSection={<IconFileImport size="1rem" />} onClick={() => choose({ do: "file" })}>
          {t("classes.rollover.file.open")}
        </Button>
      )}
      {mayApply && (
        <Tooltip
          label={
            <>
              {t("classes.rollover.apply.open")} <Keys keys="mod+Enter" />
            </>
          }
        >
          <Button onClick={apply}>{t("classes.rollover.apply.open")}</Button>
        </Tooltip>
      )}
    </ScreenHead>
  );
  if (from === null)
    return (
      <Screen head={head}>
        <Missing what="term" title={t("classes.list.needsYear")} />
      </Screen>
    );
  const label = ({ title, current }: YearRow) => (current ? t("classes.list.current", { title }) : title);
  const chooseYears = (next: { from?: string | null; to?: string | null }) => {
    setResult(null);
    go(null, { to: null, do: null, ...next });
  };
  return (
    <Screen padded={false} head={head}>
      <div className={classes.top}>
        <div className={classes.line}>
          <Select
            size="xs"
            w={200}
            allowDeselect={false}
            label={t("classes.rollover.from")}
            value={from.id}
            onChange={(id) => chooseYears({ from: id })}
            data={years.map((year) => ({ value: year.id, label: label(year) }))}
          />
          {to !== null && (
            <Select
              size="xs"
              w={200}
              allowDeselect={false}
              label={t("classes.rollover.to")}
              value={to.id}
              onChange={(id) => chooseYears({ to: id })}
              data={after.map((year) => ({ value: year.id, label: label(year) }))}
            />
          )}
          {plan.data !== undefined && (
            <Copied
              plan={plan.data}
              groups={groups}
              teachers={teachers}
              onChange={(name, wanted) => choose({ [name]: wanted ? null : "no" })}
            />
          )}
        </div>
        {plan.data !== undefined && <Counts counts={plan.data.counts} onUnresolved={() => go(allUnresolved)} />}
        {plan.data !== undefined && <Grades grades={plan.data.grades} />}
        {result !== null && plan.data !== undefined && <Result told={result} now={plan.data.counts} />}
      </div>
      {to === null ? (
        <Missing what="term" title={t("classes.rollover.noNext", { year: from.title })}>
          {t("classes.rollover.noNextText")}
        </Missing>
      ) : plan.data === undefined ? (
        plan.error === null ? (
          <LoadingShape rows={12} />
        ) : (
          <ErrorState error={plan.error} onRetry={() => void plan.refetch()} />
        )
      ) : (
        <Beside
          pane={
            open === null ? null : (
              <OpenPane
                key={open}
                open={open}
                school={school}
                from={from}
                to={to}
                plan={plan.data}
                onClose={() => go(null)}
              />
            )
          }
        >
          <Homerooms
            plan={plan.data}
            stamp={[from.id, to.id, plan.dataUpdatedAt]}
            to={to.id}
            year={from.title}
            open={open}
            onOpen={go}
          />
        </Beside>
      )}
      {chosen("do") === "file" && mayRead && <ReadListForm school={school} to={to} onClose={close} />}
      {chosen("do") === "apply" && mayApply && to !== null && (
        <ApplyForm
          ask={ask}
          plan={plan.data}
          from={from}
          to={to}
          onClose={close}
          onDone={(told) => {
            setResult(told);
            close();
          }}
        />
      )}
    </Screen>
  );
}

interface CopiedProps {
  plan: RolloverPlan;
  groups: boolean;
  teachers: boolean;
  onChange: (name: "groups" | "teachers", wanted: boolean) => void;
}

/** What the new year gets besides students, and what is left out of it. */
function Copied({ plan, groups, teachers, onChange }: CopiedProps) {
  const { t } = useTranslation();
  return (
    <div>
      <div className={classes.line}>
        <Checkbox
          size="xs"
          label={t("classes.copy.groups")}
          checked={groups}
          onChange={(event) => onChange("groups", event.currentTarget.checked)}
        />
        <Checkbox
          size="xs"
          label={t("classes.copy.teachers")}
          checked={teachers}
          onChange={(event) => onChange("teachers", event.currentTarget.checked)}
        />
      </div>
      <Text size="xs" c="dimmed" mt={4} role="status">
        {plan.newClasses + plan.newCourses + plan.newGradePlaces === 0
          ? t("classes.rollover.nothingCopied")
          : t("classes.copy.plan", { classes: plan.newClasses, courses: plan.newCourses })}
        {plan.newGradePlaces > 0 && ` ${t("classes.copy.places", { count: plan.newGradePlaces })}`}
      </Text>
    </div>
  );
}

/** The places of the grade levels to which somebody comes, or that are too small for who is there. */
function Grades({ grades }: { grades: readonly RolloverGrade[] }) {
  const told = grades.filter(({ places, there, coming }) => coming > 0 || there > places);
  if (told.length === 0) return null;
  return (
    <div className={classes.line}>
      {told.map(({ gradeLevel, places, there, coming }) => (
        <GradePlacesNote key={gradeLevel} grade={gradeLevel} places={places} students={there} more={coming} />
      ))}
    </div>
  );
}

const shown = ["moves", "repeats", "leaves", "graduates"] as const satisfies readonly (keyof RolloverCounts)[];

function Counts({ counts, onUnresolved }: { counts: RolloverCounts; onUnresolved: () => void }) {
  const { t } = useTranslation();
  const { unresolved, done } = counts;
  return (
    <ul className={classes.counts} aria-label={t("classes.rollover.count.label")}>
      {shown.map((name) => (
        <Count key={name} value={counts[name]} label={t(`classes.rollover.count.${name}`)} />
      ))}
      {unresolved > 0 ? (
        <li>
          <UnstyledButton className={classes.count} data-opens data-attention onClick={onUnresolved}>
            <Figure value={unresolved} />
            <Signal tone="attention">{t("classes.rollover.count.unresolved")}</Signal>
          </UnstyledButton>
        </li>
      ) : (
        <Count value={0} label={t("classes.rollover.count.unresolved")} />
      )}
      <Count
        value={done}
        label={
          done > 0 ? <Signal tone="good">{t("classes.rollover.count.done")}</Signal> : t("classes.rollover.count.done")
        }
      />
    </ul>
  );
}

const Figure = ({ value }: { value: number }) => (
  <strong>
    <Numeral>{formatNumber(value)}</Numeral>
  </strong>
);

function Count({ value, label }: { value: number; label: ReactNode }) {
  return (
    <li className={classes.count}>
      <Figure value={value} />
      <span>{label}</span>
    </li>
  );
}

/** What the last rollover did, as long as it stands. */
function Result({ told, now }: { told: RolledOver; now: RolloverCounts }) {
  const { t } = useTranslation();
  const { counts, undo, newClasses, newCourses } = told;
  if (now.done < counts.done + counts.moves + counts.repeats) return null;
  return (
    <Alert color="good" p="xs" role="status">
      {undo === null
        ? t("classes.rollover.result.nothing")
        : t("classes.rollover.result.done", { ...counts, classes: newClasses, courses: newCourses })}
    </Alert>
  );
}

/** The columns; a homeroom is decided about in its row. */
function columnsOf(
  homerooms: readonly string[],
  onDecide: (row: RolloverClass, decision: Decision) => void,
): ListColumn<RolloverClass>[] {
  return [
    {
      id: "title",
      header: () => t("classes.rollover.homeroom"),
      cell: ({ title }) => (
        <strong className="name" dir="auto" title={title} style={{ display: "block" }}>
          {title}
        </strong>
      ),
      width: "minmax(5rem, 2fr)",
    },
    {
      id: "gradeLevel",
      header: () => t("classes.list.grade"),
      cell: ({ gradeLevel }) => gradeLevel,
      width: "minmax(5.5rem, 1fr)",
      lesser: 3,
    },
    {
      id: "students",
      header: () => t("classes.list.students"),
      cell: ({ students }) => formatNumber(students),
      numeric: true,
      width: "5rem",
    },
    {
      id: "becomes",
      header: () => t("classes.rollover.becomes"),
      cell: (row) => (
        <OutcomeSelect
          label={t("classes.rollover.becomesOf", { who: row.title })}
          placeholder={t("classes.rollover.choose")}
          choices={classChoices(row, homerooms)}
          value={classValue(row)}
          onDecide={(decision) => onDecide(row, decision)}
        />
      ),
      width: "minmax(10rem, 3fr)",
    },
    {
      id: "by",
      header: () => t("classes.rollover.by.label"),
      cell: ({ by, outcome }) =>
        outcome === null ? (
          <Signal tone="attention">{t("classes.rollover.by.nobody")}</Signal>
        ) : (
          t(by === "rule" ? "classes.rollover.by.rule" : "classes.rollover.by.decided")
        ),
      width: "7rem",
      lesser: 2,
    },
    {
      id: "otherwise",
      header: () => t("classes.rollover.otherwise"),
      cell: ({ otherwise }) => (otherwise === 0 ? null : formatNumber(otherwise)),
      numeric: true,
      width: "6.5rem",
      lesser: 4,
    },
    {
      id: "unresolved",
      header: () => t("classes.rollover.count.unresolved"),
      cell: ({ unresolved }) =>
        unresolved === 0 ? null : <Signal tone="attention">{formatNumber(unresolved)}</Signal>,
      width: "6rem",
      lesser: 1,
    },
  ];
}

interface HomeroomsProps {
  plan: RolloverPlan;
  /** Tells one answer from the next. */
  stamp: readonly unknown[];
  /** The year that begins. */
  to: string;
  /** What the year is called that ends. */
  year: string;
  open: string | null;
  onOpen: (id: string) => void;
}

function Homerooms({ plan, stamp, to, year, open, onOpen }: HomeroomsProps) {
  const { t } = useTranslation();
  const columns = useMemo(
    () =>
      columnsOf(plan.homerooms, (row, decision) => {
        void change(() => decideRolloverClass({ to, class: row.class, ...decision }), saidOfClass(row.title, decision));
      }),
    [plan.homerooms, to],
  );
  const load = useCallback(
    ({ offset, limit, filter }: PageRequest) => {
      const found = plan.classes.filter(({ title, gradeLevel }) => finds(filter, title, gradeLevel));
      return Promise.resolve({ rows: found.slice(offset, offset + limit), total: found.length });
    },
    [plan.classes],
  );
  return (
    <PagedTable
      label={t("classes.kind.homerooms")}
      queryKey={["rows", "rollover", ...stamp]}
      load={load}
      columns={columns}
      rowId={(row) => row.class}
      open={open}
      onOpen={(row) => onOpen(row.class)}
      empty={
        <EmptyState title={t("classes.rollover.noHomerooms", { year })}>
          {t("classes.rollover.noHomeroomsText")}
        </EmptyState>
      }
    />
  );
}

interface OpenPaneProps {
  open: string;
  school: string;
  from: YearRow;
  to: YearRow;
  plan: RolloverPlan;
  onClose: () => void;
}

/** The students of a homeroom, or all for whom nothing is planned. */
function OpenPane({ open, school, from, to, plan, onClose }: OpenPaneProps) {
  const { t } = useTranslation();
  const home = plan.classes.find((row) => row.class === open);
  const unresolved = open === allUnresolved;
  const title = unresolved ? t("classes.rollover.count.unresolved") : (home?.title ?? t("classes.rollover.homeroom"));
  return (
    <Pane title={<bdi>{title}</bdi>} label={title} width={540} onClose={onClose}>
      {home === undefined && !unresolved ? (
        <EmptyState title={t("common.error.gone")}>{t("common.error.goneText")}</EmptyState>
      ) : (
        <StudentList school={school} from={from.id} to={to.id} plan={plan} home={home?.class ?? null} />
      )}
    </Pane>
  );
}
