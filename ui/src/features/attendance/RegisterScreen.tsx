// The register of a class: by hand with one key a student, and beside it the camera's pane.
import { noMeanings } from "../../components/meanings";
import { Button, Select, Text, Tooltip } from "@mantine/core";
import { IconCamera, IconDownload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useMemo, useState, useSyncExternalStore } from "react";
import { registersOfDay } from "../../bindings/operations";
import type { ClassRegister } from "../../bindings/ClassRegister";
import type { Register } from "../../bindings/Register";
import { asOperationError } from "../../bridge";
import { refusal, said } from "../../components/change";
import { FormatMenu } from "../../components/FormatMenu";
import { Beside } from "../../components/Pane";
import { Screen, ScreenHead } from "../../components/ScreenHead";
import { KeptNote } from "../../components/sheet/KeptNote";
import { Signal } from "../../components/Signal";
import { EmptyState, ErrorState, LoadingShape, SavedState, type SaveState } from "../../components/states";
import { Missing } from "../../components/Missing";
import { Keys, useScreenKeys } from "../../frame/keys";
import { useTranslation } from "../../i18n";
import { formatDay, formatMoment } from "../../numbers";
import { usePlace, useSession } from "../../session/session";
import { useAsk, writeAsk } from "./ask";
import classes from "./attendance.module.css";
import { registerCells, type RegisterCells } from "./cells";
import { DayChoice } from "./DayChoice";
import { NoSchoolDay, noSchoolOf } from "./NoSchoolDay";
import { exportTable } from "./export";
import { HistoryPane } from "./HistoryPane";
import { CameraPane, type AtCamera } from "./live/CameraPane";
import { RegisterRows } from "./RegisterRows";
import { fullName } from "../../names";
import { Counts, lessonName } from "./words";

export default function RegisterScreen() {
  const { whoami } = useSession();
  const { class: id = "" } = useParams({ strict: false }) as { class?: string };
  const { ask } = useAsk();
  return (
    <OneRegister
      key={`${id}:${ask.date}:${ask.lesson}`}
      cells={registerCells(whoami.user, whoami.name, { class: id, date: ask.date, lesson: ask.lesson })}
    />
  );
}

/** Whether a register was refused because a group has none of the whole day. */
function isGroupsDay(error: unknown): boolean {
  return (
    error !== null && asOperationError(error).faults.some(({ field, code }) => field === "lesson" && code === "group")
  );
}

function OneRegister({ cells }: { cells: RegisterCells }) {
  const { t } = useTranslation();
  const { go } = useAsk();
  const register = useQuery({ ...cells.asked, queryFn: cells.load });
  if (register.data !== undefined) return <OpenRegister cells={cells} register={register.data} />;
  const offDay = noSchoolOf(register.error);
  const groupsDay = isGroupsDay(register.error);
  return (
    <Screen padded={false} head={<ScreenHead title={t("attendance.rail")} />}>
      <div className={classes.bar}>
        <DayChoice wholeDay={!groupsDay} />
      </div>
      {register.error === null ? (
        <LoadingShape rows={14} />
      ) : offDay !== null ? (
        <NoSchoolDay refused={offDay} onMeant={() => cells.mean()} />
      ) : groupsDay ? (
        <EmptyState
          title={t("attendance.register.noDay")}
          action={<Button onClick={() => go({ lesson: 1 }, true)}>{lessonName(1, t)}</Button>}
        >
          {t("attendance.register.noDayText")}
        </EmptyState>
      ) : (
        <ErrorState error={register.error} onRetry={() => void register.refetch()} />
      )}
    </Screen>
  );
}

/** The worst state of any cell, and whether work on the whole register is under way. */
function saveState(states: ReadonlySet<string>): SaveState {
  if (states.has("refused") || states.has("conflict")) return "refused";
  return states.has("unsaved") ? "unsaved" : states.has("saving") ? "saving" : states.has("saved") ? "saved" : "idle";
}

const nobody: ReadonlySet<string> = new Set();

function OpenRegister({ cells, register }: { cells: RegisterCells; register: Register }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const { ask, go } = useAsk();
  const { school } = usePlace();
  const day = useQuery({
    ...registersOfDay.query({ school: school?.id ?? "", date: register.date, lesson: register.lesson }),
    enabled: school !== null,
  });
  const all = day.data?.classes ?? [];
  const kind = all.find((row) => row.class === register.class)?.kind;
  const [busy, setBusy] = useState(false);
  const [atCamera, setAtCamera] = useState<AtCamera | null>(null);
  const edits = useSyncExternalStore(cells.kept.subscribe, cells.kept.all);
  const values = useMemo(
    () => new Map(register.students.map(({ student }) => [student, cells.value(student, edits)])),
    [register, cells, edits],
  );
  // Shown as one goes; what is stored and printed is counted by the operations.
  const counts = noMeanings();
  let unmarked = 0;
  for (const { code } of values.values()) {
    const meaning = register.codes.find(({ id }) => id === code)?.meaning;
    if (meaning === undefined) unmarked += 1;
    else counts[meaning] += 1;
  }
  const work = async (doing: () => Promise<void>) => {
    setBusy(true);
    try {
      await doing();
    } catch (reason) {
      refusal(reason);
    } finally {
      setBusy(false);
    }
  };
  const allPresent = () =>
    void work(async () => {
      const made = await cells.allPresent();
      if (made.entry !== null) said(t("attendance.register.madePresent", { count: made.count }), made.entry);
    });
  const take = () =>
    void work(async () => {
      const entry = await cells.take();
      if (entry !== null) said(t("attendance.register.wasTaken", { class: register.classTitle }), entry);
    });
  const taken = register.takenAt !== null;
  const waiting = atCamera?.waiting ?? nobody;
  // At the camera the key confirms and nothing else: pressed once too often it must not make everybody present.
  const primary =
    atCamera !== null
      ? { label: t("attendance.live.confirmAll", { count: waiting.size }), run: () => atCamera.confirm([...waiting]) }
      : unmarked > 0
        ? { label: t("attendance.register.allPresent"), run: allPresent }
        : taken
          ? null
          : { label: t("attendance.register.take"), run: take };
  const mayCamera = may("desk.start_attendance_session");
  const camera = ask.camera && mayCamera;
  useScreenKeys([
    ...(primary === null || register.students.length === 0
      ? []
      : [{ keys: "mod+Enter", label: primary.label, run: primary.run }]),
    ...(unmarked > 0 && !taken ? [{ keys: "mod+shift+Enter", label: t("attendance.register.take"), run: take }] : []),
    ...(mayCamera
      ? [
          {
            keys: "mod+E",
            label: t("attendance.register.keys.camera"),
            run: () => go({ camera: !camera, student: undefined }, true),
          },
        ]
      : []),
  ]);
  const open = register.students.find(({ student }) => student === ask.student);
  const pane = camera ? (
    <CameraPane cells={cells} register={register} onCamera={setAtCamera} onClose={() => go({ camera: false }, true)} />
  ) : open !== undefined ? (
    <HistoryPane student={open.student} name={fullName(open)} onClose={() => go({ student: undefined }, true)} />
  ) : null;
  return (
    <Screen
      padded={false}
      head={
        <ScreenHead
          title={register.classTitle}
          about={`${formatDay(register.date)}, ${lessonName(register.lesson, t)}`}
        >
          <SavedState state={saveState(new Set([...edits.values()].map(({ state }) => state)))} />
          {may("attendance.attendance_csv") && (
            <FormatMenu onChoose={(format) => void exportTable(register.class, [register.date, register.date], format)}>
              <Button variant="default" leftSection={<IconDownload size="1rem" />}>
                {t("attendance.register.export")}
              </Button>
            </FormatMenu>
          )}
          {mayCamera && (
            <Tooltip
              label={
                <>
                  {t("attendance.register.keys.camera")} <Keys keys="mod+E" />
                </>
              }
            >
              <Button
                variant={camera ? "light" : "default"}
                aria-pressed={camera}
                leftSection={<IconCamera size="1rem" />}
                onClick={() => go({ camera: !camera, student: undefined }, true)}
              >
                {t("attendance.register.camera")}
              </Button>
            </Tooltip>
          )}
          {unmarked > 0 && !taken && register.students.length > 0 && (
            <Tooltip
              label={
                <>
                  {t("attendance.register.takeRest")} <Keys keys="mod+shift+Enter" />
                </>
              }
            >
              <Button variant="default" disabled={busy} onClick={take}>
                {t("attendance.register.take")}
              </Button>
            </Tooltip>
          )}
          {primary !== null && register.students.length > 0 && (
            <Tooltip label={<Keys keys="mod+Enter" />}>
              <Button disabled={busy || (atCamera !== null && waiting.size === 0)} onClick={primary.run}>
                {primary.label}
              </Button>
            </Tooltip>
          )}
        </ScreenHead>
      }
    >
      <Beside pane={pane}>
        <div className={classes.register}>
          <div className={classes.bar}>
            <ClassChoice register={register} all={all} />
            <DayChoice wholeDay={kind !== "group"} />
            <Counts counts={counts} />
            <div className={classes.barEnd}>
              {register.noSchool !== null && (
                <Signal tone="attention">{register.noSchool.title ?? t("attendance.offDay.sign")}</Signal>
              )}
              {unmarked > 0 && (
                <Signal tone="attention">{t("attendance.register.unmarked", { count: unmarked })}</Signal>
              )}
              {register.takenAt !== null && (
                <Tooltip
                  label={t("attendance.register.takenBy", {
                    by: register.takenBy ?? t("attendance.register.someone"),
                    at: formatMoment(register.takenAt),
                  })}
                >
                  <span>
                    <Signal tone="good">{t("attendance.register.taken")}</Signal>
                  </span>
                </Tooltip>
              )}
            </div>
          </div>
          <KeptNote sheet={cells.kept} />
          {register.students.length === 0 ? (
            <Missing
              what="students"
              title={t("attendance.register.empty", { class: register.classTitle })}
              path={`/classes/${register.class}`}
            >
              {t("attendance.register.emptyText")}
            </Missing>
          ) : (
            <RegisterRows
              cells={cells}
              register={register}
              values={values}
              edits={edits}
              seen={waiting}
              onConfirm={(student) => atCamera?.confirm([student])}
              onHistory={(student) => go({ student, camera: false }, true)}
            />
          )}
          {register.students.length > 0 && (
            <Text size="xs" c="dimmed" px="md" py={4} className={classes.legend}>
              {register.codes.map(({ code, title }) => `${code} ${title}`).join(" · ")} · <Keys keys="?" />
            </Text>
          )}
        </div>
      </Beside>
    </Screen>
  );
}

/** Another class on the same day, without going back to the list. */
function ClassChoice({ register, all }: { register: Register; all: readonly ClassRegister[] }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { today, ask } = useAsk();
  const found = all.map((row) => ({
    value: row.class,
    label: row.taken ? `${row.classTitle} ✓` : row.classTitle,
  }));
  const data = found.some(({ value }) => value === register.class)
    ? found
    : [{ value: register.class, label: register.classTitle }, ...found];
  return (
    <Select
      size="xs"
      w={92}
      aria-label={t("attendance.register.class")}
      searchable
      allowDeselect={false}
      maxDropdownHeight={360}
      data={data}
      value={register.class}
      onChange={(id) => {
        if (id !== null && id !== register.class)
          void navigate({ to: `/attendance/${id}`, search: writeAsk({ date: ask.date, lesson: ask.lesson }, today) });
      }}
    />
  );
}
