// Leads from the classes to the courses, their grid, and back, with the year that is looked at.
import { SegmentedControl } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useListAddress } from "../../components/address";
import { useTranslation } from "../../i18n";
import { useSession } from "../../session/session";

const paths = { classes: "/classes", courses: "/courses", grid: "/courses/grid" } as const;

export function ClassesOrCourses({ shown }: { shown: keyof typeof paths }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { may } = useSession();
  const { chosen } = useListAddress(paths[shown]);
  if (!may("classes.list_classes") || !may("classes.list_courses")) return null;
  const year = chosen("year");
  return (
    <SegmentedControl<keyof typeof paths>
      size="xs"
      aria-label={t("classes.switch")}
      value={shown}
      onChange={(to) => void navigate({ to: paths[to], search: year === null ? {} : { year } })}
      data={[
        { value: "classes", label: t("classes.list.title") },
        { value: "courses", label: t("classes.courseList.title") },
        ...(may("classes.course_grid") ? [{ value: "grid" as const, label: t("classes.grid.short") }] : []),
      ]}
    />
  );
}
