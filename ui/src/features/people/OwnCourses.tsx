// What a student takes this year: subject, class, who teaches it and what is written about it.
import { Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { CourseListRow } from "../../bindings/CourseListRow";
import { listCourses } from "../../bindings/operations";
import { EmptyState, ErrorState, LoadingShape } from "../../components/states";
import { useTranslation } from "../../i18n";
import { inOneLine } from "../../names";
import { Description } from "../classes/CoursePane";
import classes from "./people.module.css";

export function OwnCourses({ student, school }: { student: string; school: string }) {
  const { t } = useTranslation();
  const found = useQuery({ ...listCourses.query({ school, student, limit: 500 }) });
  if (found.data === undefined)
    return found.error === null ? (
      <LoadingShape rows={6} />
    ) : (
      <ErrorState error={found.error} onRetry={() => void found.refetch()} />
    );
  if (found.data.rows.length === 0)
    return <EmptyState title={t("people.own.courses.none")}>{t("people.own.courses.noneText")}</EmptyState>;
  return (
    <Stack gap="sm">
      {found.data.rows.map((row) => (
        <OwnCourse key={row.id} row={row} />
      ))}
    </Stack>
  );
}

function OwnCourse({ row }: { row: CourseListRow }) {
  const { t } = useTranslation();
  const teachers = inOneLine(row.teachers);
  return (
    <section className={classes.card}>
      <Title order={3}>
        <bdi>{row.subjectTitle}</bdi>
      </Title>
      <Text size="sm" c="dimmed">
        {t(row.classKind === "group" ? "people.own.courses.group" : "people.own.courses.class", {
          class: row.classTitle,
        })}
        {" · "}
        {teachers === "" ? t("people.own.courses.nobody") : t("people.own.courses.teachers", { teachers })}
      </Text>
      {row.description !== null && <Description text={row.description} />}
    </section>
  );
}
