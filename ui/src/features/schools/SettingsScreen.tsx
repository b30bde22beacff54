// The settings, part by part; the address names the part.
import { Alert, Button, NavLink, Stack } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type ComponentType } from "react";
import { saveSettings, settings as askSettings } from "../../bindings/operations";
import type { SchoolSettings } from "../../bindings/SchoolSettings";
import { useListAddress } from "../../components/address";
import { change } from "../../components/change";
import { Screen, ScreenHead } from "../../components/ScreenHead";
import { EmptyState, ErrorState, LoadingShape } from "../../components/states";
import { useTranslation } from "../../i18n";
import { usePlace, useSession } from "../../session/session";
import { About } from "./About";
import { Calendar } from "./Calendar";
import { Codes } from "./Codes";
import { FacesPart } from "./FacesPart";
import { Grades } from "./Grades";
import { OwnFieldsPart } from "./OwnFieldsPart";
import {
  DataPart,
  DayPart,
  LockPart,
  MarksPart,
  ReportsPart,
  TodayPart,
  WritingPart,
  type SettingsPartProps,
} from "./parts";
import { SchoolPart } from "./SchoolPart";
import classes from "./settings.module.css";
import { Subjects } from "./Subjects";
import { Years } from "./Years";

const parts = [
  "school",
  "writing",
  "years",
  "calendar",
  "subjects",
  "grades",
  "attendance",
  "marks",
  "reports",
  "faces",
  "fields",
  "data",
  "about",
] as const;
type Part = (typeof parts)[number];

export default function SettingsScreen() {
  const { t } = useTranslation();
  const { school } = usePlace();
  const { open, go } = useListAddress("/settings");
  const part: Part = parts.find((one) => one === open) ?? "school";
  const head = <ScreenHead title={t("schools.title")} about={school?.name} />;
  if (school === null)
    return (
      <Screen head={head}>
        <EmptyState title={t("frame.noSchool")} />
      </Screen>
    );
  return (
    <Screen padded={false} head={head}>
      <div className={classes.settings}>
        <nav className={classes.parts} aria-label={t("schools.sections")}>
          {parts.map((one) => (
            <NavLink
              key={one}
              component="button"
              type="button"
              label={t(`schools.parts.${one}`)}
              active={one === part}
              aria-current={one === part ? "page" : undefined}
              onClick={() => go(one)}
            />
          ))}
        </nav>
        <div className={classes.part}>
          <Shown key={`${school.id}:${part}`} part={part} school={school.id} />
        </div>
      </div>
    </Screen>
  );
}

function Shown({ part, school }: { part: Part; school: string }) {
  switch (part) {
    case "school":
      return (
        <Stack gap="xl">
          <SchoolPart school={school} />
          <OfSettings school={school} part={TodayPart} />
          <OfSettings school={school} part={LockPart} />
        </Stack>
      );
    case "writing":
      return <OfSettings school={school} part={WritingPart} />;
    case "years":
      return <Years school={school} />;
    case "calendar":
      return <Calendar school={school} />;
    case "subjects":
      return <Subjects school={school} />;
    case "grades":
      return <Grades school={school} />;
    case "attendance":
      return (
        <>
          <Codes school={school} />
          <OfSettings school={school} part={DayPart} />
        </>
      );
    case "marks":
      return <OfSettings school={school} part={MarksPart} />;
    case "reports":
      return <OfSettings school={school} part={ReportsPart} />;
    case "faces":
      return <OfSettings school={school} part={FacesPart} />;
    case "fields":
      return <OwnFieldsPart school={school} />;
    case "data":
      return <OfSettings school={school} part={DataPart} />;
    case "about":
      return <About school={school} />;
  }
}

function OfSettings({ school, part: Part }: { school: string; part: ComponentType<SettingsPartProps> }) {
  const found = useQuery<SchoolSettings>({ ...askSettings.query({ school }) });
  const [opened, setOpened] = useState(0);
  if (found.data === undefined)
    return found.error !== null ? (
      <ErrorState error={found.error} onRetry={() => void found.refetch()} />
    ) : (
      <LoadingShape rows={6} />
    );
  return (
    <>
      {found.data.unreadable && <Unreadable school={school} usual={found.data} />}
      <Part
        key={opened}
        school={school}
        stored={found.data}
        onReload={() => void found.refetch().then(() => setOpened(opened + 1))}
      />
    </>
  );
}

/** What is stored cannot be read: the usual settings are shown, and can be taken. */
function Unreadable({ school, usual }: { school: string; usual: SchoolSettings }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const client = useQueryClient();
  const take = () =>
    change(async () => {
      client.setQueryData(
        ["settings", school],
        await saveSettings({ school, version: usual.version, settings: usual.settings }),
      );
      return { undo: null };
    }, t("schools.saved"));
  return (
    <Alert color="wrong" role="alert" mb="md" title={t("schools.unreadable")}>
      <Stack gap="sm" align="start">
        {t("schools.unreadableText")}
        {may("schools.save_settings") && (
          <Button variant="default" onClick={() => void take()}>
            {t("schools.takeUsual")}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
