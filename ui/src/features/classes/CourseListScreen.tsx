// The courses of a year: subject, class and who teaches them, each opened in the pane with who takes it.
import { Button, Checkbox } from "@mantine/core";
import { IconBook2 } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useListAddress } from "../../components/address";
import { Beside } from "../../components/Pane";
import { Screen, ScreenHead } from "../../components/ScreenHead";
import { EmptyState } from "../../components/states";
import { useTranslation } from "../../i18n";
import { usePlace, useSession } from "../../session/session";
import { ListTable } from "../lists/ListTable";
import { useYears } from "./ask";
import { ClassesOrCourses } from "./ClassesOrCourses";
import { DeletedFilter, SubjectFilter, YearFilter } from "./filters";
import { CoursePane } from "./CoursePane";

export default function CourseListScreen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { may, whoami } = useSession();
  const { school } = usePlace();
  const address = useListAddress("/courses");
  const { open, chosen, go, choose } = address;
  const years = useYears();
  const schoolId = school?.id ?? "";
  const year =
    years.data?.find(({ id }) => id === chosen("year")) ??
    years.data?.find(({ current }) => current) ??
    years.data?.[0] ??
    null;
  const yearId = chosen("year");
  const subject = chosen("subject");
  const mayRestore = may("classes.restore_courses");
  const deleted = mayRestore && chosen("deleted") === "yes";
  const teaches = whoami.staff !== null;
  const taught = teaches && chosen("taught") === "yes";
  const filtered = subject !== null || taught;
  const mayAdd = may("classes.save_course");
  const empty = filtered ? (
    <EmptyState
      title={t("classes.courseList.none")}
      action={
        <Button variant="default" onClick={() => choose({ subject: null, taught: null })}>
          {t("classes.courseList.clear")}
        </Button>
      }
    />
  ) : deleted ? (
    <EmptyState title={t("classes.courseList.noneDeleted")} />
  ) : (
    <EmptyState
      icon={<IconBook2 size="2.5rem" stroke={1.25} />}
      title={t("classes.courseList.empty")}
      action={
        mayAdd && <Button onClick={() => void navigate({ to: "/classes" })}>{t("classes.courseList.toClasses")}</Button>
      }
    >
      {t(mayAdd ? "classes.courseList.emptyText" : "classes.courseList.emptyOthers")}
    </EmptyState>
  );
  return (
    <Screen
      padded={false}
      head={
        <ScreenHead
          title={t("classes.courseList.title")}
          about={t("classes.courseList.about", { year: year?.title ?? t("classes.list.noYear") })}
        >
          <ClassesOrCourses shown="courses" />
        </ScreenHead>
      }
    >
      <Beside
        pane={open !== null ? <CoursePane key={open} id={open} onClose={() => go(null, { edit: null })} /> : null}
      >
        <ListTable
          school={schoolId}
          label={t("classes.courseList.title")}
          of={{ list: "courses", year: yearId, subject, taught, deleted }}
          address={address}
          empty={empty}
          filters={
            <>
              <YearFilter years={years.data ?? []} year={year?.id ?? null} choose={choose} />
              {may("schools.list_subjects") && <SubjectFilter subject={subject} choose={choose} />}
              {mayRestore && <DeletedFilter deleted={deleted} choose={choose} />}
              {teaches && (
                <Checkbox
                  size="xs"
                  label={t("classes.courseList.taught")}
                  checked={taught}
                  onChange={(event) => choose({ taught: event.currentTarget.checked ? "yes" : null })}
                />
              )}
            </>
          }
        />
      </Beside>
    </Screen>
  );
}
