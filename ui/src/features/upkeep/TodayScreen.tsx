// The screen of the day: for who teaches, for the office, for leaders; each part where it concerns them.
import { Button } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { listStudents, today as askToday } from "../../bindings/operations";
import type { Today } from "../../bindings/Today";
import { Screen, ScreenHead } from "../../components/ScreenHead";
import { EmptyState, ErrorState, LoadingShape } from "../../components/states";
import { useTranslation } from "../../i18n";
import { formatDay } from "../../numbers";
import { usePlace, useSession } from "../../session/session";
import { ClockNote } from "./ClockNote";
import { FirstHour } from "./FirstHour";
import { Leader } from "./Leader";
import { Office } from "./Office";
import { Teacher } from "./Teacher";
import classes from "./today.module.css";
import { Welcome } from "./Welcome";

export default function TodayScreen() {
  const { school } = usePlace();
  const { t } = useTranslation();
  if (school === null)
    return (
      <Screen head={<ScreenHead title={t("today.title")} />}>
        <EmptyState title={t("frame.noSchool")} />
      </Screen>
    );
  return <OfSchool key={school.id} school={school.id} name={school.name} />;
}

function OfSchool({ school, name }: { school: string; name: string }) {
  const { t } = useTranslation();
  const asked = askToday.query({ school });
  const day = useQuery({
    ...asked,
    // A clock that contradicts the database is announced too, and no row of it.
    meta: { shows: [...asked.meta.shows, "clock"] },
  });
  const students = useQuery({
    ...listStudents.query({ school, limit: 1 }),
  });
  const about =
    day.data === undefined
      ? ""
      : [
          formatDay(day.data.date),
          day.data.term?.title ?? t("today.noTerm"),
          day.data.off === null ? null : t("today.noSchoolDay"),
          day.data.off?.title ?? null,
        ]
          .filter((part) => part !== null)
          .join(" · ");
  const error = day.error ?? students.error;
  return (
    <Screen head={<ScreenHead title={t("today.title")} about={about} />}>
      {error !== null && (day.data === undefined || students.data === undefined) && (
        <ErrorState
          error={error}
          onRetry={() => {
            void day.refetch();
            void students.refetch();
          }}
        />
      )}
      {error === null && (day.data === undefined || students.data === undefined) && <LoadingShape rows={10} />}
      {day.data?.clock != null && <ClockNote clock={day.data.clock} />}
      {day.data !== undefined &&
        students.data !== undefined &&
        (students.data.total === 0 ? (
          <Welcome school={school} name={name} />
        ) : (
          <>
            <FirstHour school={school} steps={day.data.firstHour} />
            <Parts today={day.data} />
          </>
        ))}
    </Screen>
  );
}

function Parts({ today }: { today: Today }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { may } = useSession();
  const { teacher, office, leader, isSchoolDay } = today;
  if (today.term === null && teacher === null && office === null) {
    return (
      <EmptyState
        title={t("today.noYear")}
        action={
          may("schools.save_year") && (
            <Button onClick={() => void navigate({ to: "/settings/years" })}>{t("today.settings")}</Button>
          )
        }
      >
        {t("today.noYearText")}
      </EmptyState>
    );
  }
  if (teacher === null && office === null && leader === null)
    return (
      <EmptyState icon={<IconCircleCheck size="2.5rem" stroke={1.25} />} title={t("today.quiet")}>
        {t("today.quietText")}
      </EmptyState>
    );
  return (
    <div className={classes.grid}>
      {teacher !== null && <Teacher teacher={teacher} isSchoolDay={isSchoolDay} />}
      {leader !== null && <Leader leader={leader} isSchoolDay={isSchoolDay} />}
      {office !== null && <Office office={office} date={today.date} isSchoolDay={isSchoolDay} />}
    </div>
  );
}
