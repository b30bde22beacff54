// One question at a time: a class, the students at risk, the whole school.
import { SegmentedControl } from "@mantine/core";
import { Missing } from "../../components/Missing";
import { Screen, ScreenHead } from "../../components/ScreenHead";
import { useTranslation } from "../../i18n";
import { usePlace, useSession } from "../../session/session";
import { useAsk, views, type View } from "./ask";
import { ClassView } from "./ClassView";
import { RiskView } from "./RiskView";
import { SchoolView } from "./SchoolView";

export default function AnalyticsScreen() {
  const { t } = useTranslation();
  const { may } = useSession();
  const { school, term } = usePlace();
  const { ask, go } = useAsk();
  const open = views.filter((view) =>
    may(
      (
        {
          class: "analytics.term_statistics",
          risk: "analytics.at_risk",
          school: "analytics.school_statistics",
        } as const
      )[view],
    ),
  );
  const head = (
    <ScreenHead title={t("analytics.title")} about={term?.title}>
      <SegmentedControl
        size="xs"
        aria-label={t("analytics.views.label")}
        value={ask.view}
        onChange={(view) => go({ view: view as View })}
        data={open.map((view) => ({ value: view, label: t(`analytics.views.${view}`) }))}
      />
    </ScreenHead>
  );
  if (school === null || term === null)
    return (
      <Screen head={head}>
        <Missing what="term" />
      </Screen>
    );
  const place = { school: school.id, term: term.id };
  return (
    <Screen padded={false} head={head}>
      {ask.view === "class" && <ClassView {...place} />}
      {ask.view === "risk" && <RiskView {...place} />}
      {ask.view === "school" && <SchoolView {...place} />}
    </Screen>
  );
}
