// Leads from the classes to the courses and back, with the year that is looked at.
import { SegmentedControl } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useListAddress } from "../../components/address";
import { useTranslation } from "../../i18n";
import { useSession } from "../../session/session";

export function ClassesOrCourses({ shown }: { shown: "classes" | "courses" }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { may } = useSession();
  const { chosen } = useListAddress(`/${shown}`);
  if (!may("classes.list_classes") || !may("classes.list_courses")) return null;
  const year = chosen("year");
  return (
    <SegmentedControl
      size="xs"
      aria-label={t("classes.switch")}
      value={shown}
      onChange={(to) => void navigate({ to: `/${to}`, search: year === null ? {} : { year } })}
      data={[
        { value: "classes", label: t("classes.list.title") },
        { value: "courses", label: t("classes.courseList.title") },
      ]}
    />
  );
}
