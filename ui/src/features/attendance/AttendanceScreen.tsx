// Attendance of a school: the registers of a day, who is absent, the term added up. A student sees the own days.
import { Button, SegmentedControl, Tooltip } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { IconDoorEnter } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { registersOfDay } from "../../bindings/operations";
import { Screen, ScreenHead } from "../../components/ScreenHead";
import { EmptyState } from "../../components/states";
import { Keys, useScreenKeys } from "../../frame/keys";
import { useTranslation } from "../../i18n";
import { usePlace, useSession } from "../../session/session";
import { AbsentView } from "./AbsentView";
import { useAsk, views, type View } from "./ask";
import { HereView } from "./HereView";
import { HistoryList } from "./HistoryPane";
import { OftenView } from "./OftenView";
import { RegistersView } from "./RegistersView";
import { SummaryView } from "./SummaryView";
import { byTitle } from "../../names";

const needed = {
  registers: "attendance.registers_of_day",
  absent: "attendance.absent_today",
  here: "attendance.here_now",
  often: "attendance.often_absent",
  summary: "attendance.attendance_summary",
} as const;

export default function AttendanceScreen() {
  const { t } = useTranslation();
  const { whoami, may } = useSession();
  const { school } = usePlace();
  if (school === null) return <EmptyState title={t("attendance.noSchool")}>{t("attendance.noSchoolText")}</EmptyState>;
  const open = views.filter((view) => may(needed[view]));
  if (whoami.student !== null && !may("attendance.absent_today", "attendance.registers_of_day")) {
    return (
      <Screen head={<ScreenHead title={t("attendance.history.own")} about={whoami.name} />}>
        <HistoryList student={whoami.student} />
      </Screen>
    );
  }
  return <Views school={school.id} open={open} />;
}

function Views({ school, open }: { school: string; open: readonly View[] }) {
  const { t } = useTranslation();
  const { ask, go, toRegister } = useAsk();
  const { may } = useSession();
  const navigate = useNavigate();
  const view = open.includes(ask.view) ? ask.view : (open[0] ?? "absent");
  const day = useQuery({
    ...registersOfDay.query({ school, date: ask.date, lesson: ask.lesson }),
    enabled: view === "registers",
    placeholderData: keepPreviousData,
  });
  // As long as nothing else is known there is school.
  const schoolDay = day.data === undefined || day.data.noSchool === null;
  const rows = day.data?.classes ?? [];
  // In the order of the list: 9A before 10A.
  const next = rows
    .toSorted((one, other) => byTitle(one.classTitle, other.classTitle))
    .find(({ taken, students }) => !taken && students > 0);
  useScreenKeys(
    view === "registers" && next !== undefined
      ? [{ keys: "mod+Enter", label: t("attendance.registers.next"), run: () => toRegister(next.class) }]
      : [],
  );
  const head = (
    <ScreenHead
      title={t("attendance.title")}
      about={
        view === "registers" && day.data !== undefined && rows.length > 0
          ? schoolDay
            ? t("attendance.registers.about", { taken: day.data.taken, count: rows.length })
            : (day.data.noSchool?.title ?? t("attendance.registers.aboutOff"))
          : undefined
      }
    >
      <SegmentedControl
        size="xs"
        aria-label={t("attendance.views.label")}
        value={view}
        onChange={(to) => go({ view: to as View, student: undefined })}
        data={open.map((value) => ({ value, label: t(`attendance.views.${value}`) }))}
      />
      {may("desk.start_kiosk") && (
        <Button
          variant="default"
          leftSection={<IconDoorEnter size="1rem" />}
          onClick={() => void navigate({ to: "/attendance/kiosk" })}
        >
          {t("attendance.kiosk.open")}
        </Button>
      )}
      {view === "registers" && next !== undefined && (
        <Tooltip
          label={
            <>
              {next.classTitle} <Keys keys="mod+Enter" />
            </>
          }
        >
          <Button variant={schoolDay ? "filled" : "default"} onClick={() => toRegister(next.class)}>
            {t("attendance.registers.next")}
          </Button>
        </Tooltip>
      )}
    </ScreenHead>
  );
  return (
    <Screen padded={false} head={head}>
      {view === "registers" && <RegistersView day={day} schoolDay={schoolDay} />}
      {view === "absent" && <AbsentView school={school} />}
      {view === "here" && <HereView school={school} />}
      {view === "often" && <OftenView school={school} />}
      {view === "summary" && <SummaryView school={school} />}
    </Screen>
  );
}
