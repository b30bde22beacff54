// The courses of a year as a grid: classes down, subjects across, and in each cell who teaches. Driven by keys as a
// spreadsheet.
import { Anchor, Button, Group } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import type { CourseGrid } from "../../bindings/CourseGrid";
import { useListAddress } from "../../components/address";
import { Missing } from "../../components/Missing";
import { Screen, ScreenHead } from "../../components/ScreenHead";
import type { CellChange } from "../../components/sheet/history";
import { KeptNote } from "../../components/sheet/KeptNote";
import { Sheet } from "../../components/sheet/Sheet";
import { useKeptCells } from "../../components/sheet/useKeptCells";
import { EmptyState, ErrorState, LoadingShape, SavedState } from "../../components/states";
import { redoLatest, undoLatest } from "../../components/undo";
import { Keys } from "../../frame/keys";
import { useTranslation } from "../../i18n";
import { usePlace, useSession } from "../../session/session";
import { useYears } from "./ask";
import { ClassesOrCourses } from "./ClassesOrCourses";
import classes from "./classes.module.css";
import { YearFilter } from "./filters";
import { type GridCells, gridCells, Teachers } from "./grid";

/** Of a column, in pixels: a name and the beginning of a second one. */
const width = 132;

export default function CourseGridScreen() {
  const { t } = useTranslation();
  const { whoami } = useSession();
  const { school } = usePlace();
  const { chosen, choose } = useListAddress("/courses/grid");
  const years = useYears();
  const year = chosen("year");
  const schoolId = school?.id ?? "";
  const cells = useMemo(() => gridCells(whoami.user, schoolId, year), [whoami.user, schoolId, year]);
  const grid = useQuery({ ...cells.asked, queryFn: cells.load, enabled: school !== null });
  const shown = years.data?.find(({ id }) => id === (grid.data?.year ?? year));
  if (grid.data !== undefined && grid.data.classes.length > 0 && grid.data.subjects.length > 0)
    return (
      <OpenGrid key={cells.key} grid={grid.data} cells={cells} year={shown?.title ?? ""}>
        <YearFilter years={years.data ?? []} year={grid.data.year} choose={choose} />
      </OpenGrid>
    );
  return (
    <Screen
      padded={false}
      head={
        <ScreenHead title={t("classes.grid.title")}>
          <YearFilter years={years.data ?? []} year={grid.data?.year ?? null} choose={choose} />
          <ClassesOrCourses shown="grid" />
        </ScreenHead>
      }
    >
      {grid.error !== null ? (
        <ErrorState error={grid.error} onRetry={() => void grid.refetch()} />
      ) : grid.data === undefined ? (
        <LoadingShape rows={12} />
      ) : grid.data.classes.length === 0 ? (
        <Missing what="classes" />
      ) : (
        <NoSubjects />
      )}
    </Screen>
  );
}

function NoSubjects() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <EmptyState
      title={t("classes.grid.noSubjects")}
      action={
        <Group gap="xs">
          <Button onClick={() => void navigate({ to: "/settings/subjects" })}>{t("classes.grid.toSubjects")}</Button>
          <Button variant="default" onClick={() => void navigate({ to: "/import" })}>
            {t("classes.grid.toImport")}
          </Button>
        </Group>
      }
    >
      {t("classes.grid.noSubjectsText")}
    </EmptyState>
  );
}

interface OpenGridProps {
  grid: CourseGrid;
  cells: GridCells;
  year: string;
  children: React.ReactNode;
}

function OpenGrid({ grid, cells, year, children }: OpenGridProps) {
  const { t } = useTranslation();
  const teachers = useMemo(() => new Teachers(grid.staff), [grid]);
  const stored = useMemo(() => {
    const texts = new Map(
      grid.cells.map((cell) => [`${cell.class}\u0000${cell.subject}`, teachers.text(cell.teachers)] as const),
    );
    return (row: string, column: string) => ({ text: texts.get(`${row}\u0000${column}`) ?? "" });
  }, [grid, teachers]);
  const check = useCallback(
    (_row: string, _column: string, text: string) => {
      const read = teachers.read(text);
      return "reason" in read ? read.reason : null;
    },
    [teachers],
  );
  const kept = useKeptCells(cells.key, cells.save, stored, check);
  const { onCommit: keep } = kept;
  const onCommit = useCallback(
    (changes: readonly CellChange[]) => {
      cells.begin(changes);
      // A part of a name that means one person is that person, as the cell then shows.
      keep(
        changes.map((change) => {
          const read = teachers.read(change.after);
          return "reason" in read ? change : { ...change, after: teachers.text(read.teachers) };
        }),
      );
    },
    [cells, keep, teachers],
  );
  const onHistoryEnd = useCallback((again: boolean) => void (again ? redoLatest() : undoLatest()), []);
  const rows = useMemo(
    () => grid.classes.map(({ id, title, kind }) => ({ id, name: title, note: t(`classes.kind.${kind}`) })),
    [grid, t],
  );
  const columns = useMemo(() => grid.subjects.map(({ id, title }) => ({ id, title, width })), [grid]);
  return (
    <Screen
      padded={false}
      head={
        <ScreenHead
          title={t("classes.grid.title")}
          about={
            <Group gap="xs" wrap="nowrap">
              <span>{t("classes.grid.about", { year })}</span>
              <SavedState state={kept.state} />
              {kept.state === "unsaved" && (
                <Anchor component="button" size="xs" onClick={kept.retry}>
                  {t("common.retry")}
                </Anchor>
              )}
            </Group>
          }
        >
          {children}
          <ClassesOrCourses shown="grid" />
        </ScreenHead>
      }
    >
      <div className={classes.grid}>
        <KeptNote sheet={cells.kept} />
        <Sheet
          label={t("classes.grid.label", { year })}
          nameTitle={t("classes.courseList.class")}
          rows={rows}
          columns={columns}
          getCell={kept.getCell}
          complete={teachers.complete}
          onCommit={onCommit}
          onHistoryEnd={onHistoryEnd}
        />
        <div className={classes.help}>
          <span>{t("classes.grid.help")}</span>
          <span>
            {t("classes.grid.keys")} <Keys keys="?" />
          </span>
        </div>
      </div>
    </Screen>
  );
}
