// The first hour of a school: what is still missing until marks can be typed and cards printed. Each step opens its place;
// the list stays until all is done or it is put away.
import type { OperationName } from "../../bindings/operations";
import { Button, Group, Text, Title, VisuallyHidden } from "@mantine/core";
import { IconCircle, IconCircleCheckFilled } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { FirstStep } from "../../bindings/FirstStep";
import { saveSettings, settings as askSettings } from "../../bindings/operations";
import type { SchoolSettings } from "../../bindings/SchoolSettings";
import type { FirstStepState } from "../../bindings/FirstStepState";
import { refusal } from "../../components/change";
import { offerUndo } from "../../components/undo";
import { useTranslation } from "../../i18n";
import { queries } from "../../session/queries";
import { useSession } from "../../session/session";
import classes from "./today.module.css";

/** Where a step is done, and the operation that it takes. */
const places: Record<FirstStep, { path: string; operation: OperationName }> = {
  students: { path: "/students", operation: "people.save_student" },
  subjects: { path: "/settings/subjects", operation: "schools.save_subject" },
  accounts: { path: "/staff", operation: "accounts.make_staff_account" },
  courses: { path: "/classes", operation: "classes.save_courses" },
  assessment: { path: "/marks", operation: "gradebook.save_assessment" },
  card: { path: "/reports", operation: "reports.make_report_cards" },
};

async function putAway(school: string, away: boolean): Promise<SchoolSettings> {
  const { version, settings } = await askSettings({ school });
  const saved = await saveSettings({ school, version, settings: { ...settings, firstHourPutAway: away } });
  queries.setQueryData(askSettings.query({ school }).queryKey, saved);
  return saved;
}

export function FirstHour({ school, steps }: { school: string; steps: readonly FirstStepState[] | null }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { may } = useSession();
  const away = useMutation({
    mutationFn: () => putAway(school, true),
    onSuccess: () => offerUndo(t("today.first.away"), () => putAway(school, false)),
    onError: refusal,
  });
  if (steps === null) return null;
  const next = steps.find(({ step, done }) => !done && may(places[step].operation));
  return (
    <section className={classes.first} aria-label={t("today.first.title")}>
      <Group justify="space-between" mb="xs" align="baseline">
        <Title order={2}>{t("today.first.title")}</Title>
        {may("schools.save_settings") && (
          <Button variant="subtle" color="gray" loading={away.isPending} onClick={() => away.mutate()}>
            {t("today.first.putAway")}
          </Button>
        )}
      </Group>
      <ol className={classes.lines}>
        {steps.map(({ step, done, count, of }) => {
          const { path, operation } = places[step];
          return (
            <li key={step} data-step={step} data-done={done}>
              <span className={classes.line}>
                {done ? (
                  <IconCircleCheckFilled size="1rem" className={classes.done} aria-hidden />
                ) : (
                  <IconCircle size="1rem" className={classes.muted} aria-hidden />
                )}
                <span>
                  <strong>{t(`today.first.steps.${step}.title`)}</strong>{" "}
                  <VisuallyHidden component="span">{t(done ? "today.first.done" : "today.first.open")}</VisuallyHidden>
                  <Text size="xs" c="dimmed" component="span" display="block">
                    {t(`today.first.steps.${step}.${done ? "has" : "text"}`, { count, of: of ?? 0 })}
                  </Text>
                </span>
              </span>
              {may(operation) ? (
                <Button
                  variant={step === next?.step ? "filled" : "default"}
                  aria-label={t("today.first.goTo", { step: t(`today.first.steps.${step}.title`) })}
                  onClick={() => void navigate({ to: path })}
                >
                  {t(done ? "today.first.look" : `today.first.steps.${step}.go`)}
                </Button>
              ) : (
                !done && (
                  <Text size="xs" c="dimmed">
                    {t("today.first.others")}
                  </Text>
                )
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
