// Before the kiosk opens at the door: for whom, with which camera, and what it does.
import { Alert, Checkbox, List, MultiSelect, SegmentedControl, Stack, Text } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { CameraSource } from "../../../bindings/CameraSource";
import { faceStatus, registersOfDay, runningKiosk, startKiosk } from "../../../bindings/operations";
import { SourceForm } from "../../../components/camera/SourceForm";
import { Screen, ScreenHead } from "../../../components/ScreenHead";
import { EmptyState, ErrorState, LoadingShape } from "../../../components/states";
import { Missing } from "../../../components/Missing";
import { useTranslation } from "../../../i18n";
import { queries } from "../../../session/queries";
import { formatDay } from "../../../numbers";
import { usePlace } from "../../../session/session";
import { noSchoolOf } from "../NoSchoolDay";
import { say } from "../../../words";
import { allowSound } from "./chime";
import classes from "./kiosk.module.css";

export default function KioskScreen() {
  const { t } = useTranslation();
  const { school } = usePlace();
  if (school === null) return <EmptyState title={t("attendance.noSchool")}>{t("attendance.noSchoolText")}</EmptyState>;
  return (
    <Screen head={<ScreenHead title={t("attendance.kiosk.title")} about={t("attendance.kiosk.about")} />}>
      <Setting key={school.id} school={school.id} today={school.today} />
    </Screen>
  );
}

function Setting({ school, today }: { school: string; today: string }) {
  const { t } = useTranslation();
  const [whole, setWhole] = useState(true);
  const [chosen, setChosen] = useState<string[]>([]);
  const [none, setNone] = useState(false);
  const [meant, setMeant] = useState(false);
  const status = useQuery({ ...faceStatus.query({ school }) });
  const day = useQuery({
    ...registersOfDay.query({ school, date: today, lesson: 0 }),
    enabled: !whole,
  });
  const start = useMutation({
    mutationFn: (source: CameraSource) =>
      startKiosk({ school, classes: whole ? null : chosen, source, evenIfNoSchool: meant }),
    onSuccess: (state) => queries.setQueryData(runningKiosk.query({}).queryKey, state),
  });
  if (status.data === undefined)
    return status.error === null ? (
      <LoadingShape rows={6} />
    ) : (
      <ErrorState error={status.error} onRetry={() => void status.refetch()} />
    );
  const { on, models } = status.data;
  if (!on) return <Missing what="faces" title={t("attendance.kiosk.off")} />;
  const offDay = noSchoolOf(start.error);
  const open = (source: CameraSource) => {
    setNone(!whole && chosen.length === 0);
    if (!whole && chosen.length === 0) return;
    allowSound();
    start.mutate(source);
  };
  return (
    <div className={classes.setting}>
      <Stack gap="md" maw={520}>
        {models.problem !== null && (
          <Alert color="wrong" p="sm" title={t("attendance.live.noModels")}>
            {say(models.problem)} {say(models.help)}
          </Alert>
        )}
        <Stack gap={6}>
          <Text size="sm" fw={600}>
            {t("attendance.kiosk.who")}
          </Text>
          <SegmentedControl
            size="xs"
            aria-label={t("attendance.kiosk.who")}
            value={whole ? "school" : "classes"}
            onChange={(to) => setWhole(to === "school")}
            data={[
              { value: "school", label: t("attendance.kiosk.whole") },
              { value: "classes", label: t("attendance.kiosk.some") },
            ]}
          />
          {!whole && (
            <MultiSelect
              size="xs"
              searchable
              clearable
              aria-label={t("attendance.kiosk.classes")}
              placeholder={chosen.length === 0 ? t("attendance.kiosk.classes") : undefined}
              value={chosen}
              onChange={(next) => {
                setChosen(next);
                setNone(false);
              }}
              data={(day.data?.classes ?? []).map((row) => ({ value: row.class, label: row.classTitle }))}
              error={none ? t("attendance.kiosk.noClasses") : undefined}
            />
          )}
        </Stack>
        <Stack gap={6}>
          <Text size="sm" fw={600}>
            {t("attendance.kiosk.camera")}
          </Text>
          {(offDay !== null || meant) && (
            <Alert color="attention" role="alert" p="sm">
              {offDay !== null && (
                <Text size="sm">
                  {t("attendance.offDay.title", { day: formatDay(offDay.date) })}.{" "}
                  {t(`attendance.offDay.${offDay.why}`, { title: offDay.title ?? "" })}
                </Text>
              )}
              <Checkbox
                mt={offDay === null ? 0 : "xs"}
                label={t("attendance.offDay.kiosk")}
                checked={meant}
                onChange={(event) => setMeant(event.currentTarget.checked)}
              />
            </Alert>
          )}
          <SourceForm
            onStart={open}
            pending={start.isPending}
            failure={offDay === null ? start.error : null}
            submit={t("attendance.actions.kiosk")}
          />
        </Stack>
      </Stack>
      <Stack gap="xs" maw={420}>
        <Text size="sm" fw={600}>
          {t("attendance.kiosk.what")}
        </Text>
        <List size="sm" spacing={6}>
          {(["marks", "names", "locked", "office", "sound"] as const).map((one) => (
            <List.Item key={one}>{t(`attendance.kiosk.facts.${one}`)}</List.Item>
          ))}
        </List>
      </Stack>
    </div>
  );
}
