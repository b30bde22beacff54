// The last look before a rollover: what will happen in one sentence, and who would stay as they are.
import { Alert, Button, Checkbox, Group, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { rollOver } from "../../../bindings/operations";
import type { RolledOver } from "../../../bindings/RolledOver";
import type { RollOver } from "../../../bindings/RollOver";
import type { RolloverPlan } from "../../../bindings/RolloverPlan";
import { asOperationError } from "../../../bridge";
import { said } from "../../../components/change";
import { Dialog } from "../../../components/Dialog";
import { JobProgress } from "../../../components/JobProgress";
import { errorText, useTranslation } from "../../../i18n";
import { formatDay } from "../../../numbers";

interface ApplyFormProps {
  ask: RollOver;
  plan: RolloverPlan;
  from: { title: string; end: string };
  to: { title: string; start: string };
  onClose: () => void;
  onDone: (told: RolledOver) => void;
}

/** How many of these details say that nothing is planned for. */
function unresolvedIn(details: unknown): number {
  if (typeof details !== "object" || details === null || !("unresolved" in details)) return 0;
  return typeof details.unresolved === "number" ? details.unresolved : 0;
}

export function ApplyForm({ ask, plan, from, to, onClose, onDone }: ApplyFormProps) {
  const { t } = useTranslation();
  /** How many were meant to stay as they are; of other ones it is asked again. */
  const [meantOf, setMeantOf] = useState(0);
  const [pressed, setPressed] = useState(false);
  const [job, setJob] = useState("");
  const apply = useMutation({
    mutationFn: ({ id, even }: { id: string; even: boolean }) => rollOver({ ...ask, evenIfUnresolved: even }, id),
    onSuccess: (told) => {
      const { counts, newClasses, newCourses, undo } = told;
      said(
        undo === null
          ? t("classes.rollover.apply.nothingDone", { year: to.title })
          : t("classes.rollover.apply.done", { ...counts, year: to.title, classes: newClasses, courses: newCourses }),
        undo,
      );
      onDone(told);
    },
  });
  const error = apply.error === null ? null : asOperationError(apply.error);
  // Somebody may have changed the plan since it was shown: what was refused is newer than what stands here.
  const { counts } = plan;
  const unresolved = Math.max(counts.unresolved, unresolvedIn(error?.details));
  const meant = unresolved > 0 && meantOf === unresolved;
  const nothing =
    counts.moves +
      counts.repeats +
      counts.leaves +
      counts.graduates +
      plan.newClasses +
      plan.newCourses +
      plan.newGradePlaces ===
    0;
  const submit = () => {
    setPressed(true);
    if (unresolved > 0 && !meant) return;
    const id = crypto.randomUUID();
    setJob(id);
    apply.mutate({ id, even: meant });
  };
  return (
    <Dialog
      plain
      title={t("classes.rollover.apply.title", { year: to.title })}
      onClose={onClose}
      closable={!apply.isPending}
    >
      <Stack gap="sm">
        <Text size="sm">
          {nothing
            ? t("classes.rollover.apply.nothing", { year: to.title })
            : t("classes.rollover.apply.what", {
                ...counts,
                classes: plan.newClasses,
                courses: plan.newCourses,
              })}
        </Text>
        {counts.leaves + counts.graduates > 0 && (
          <Text size="sm" c="dimmed">
            {t("classes.rollover.apply.leaving", { day: formatDay(from.end) })}
          </Text>
        )}
        {counts.done > 0 && (
          <Text size="sm" c="dimmed">
            {t("classes.rollover.apply.there", { count: counts.done })}
          </Text>
        )}
        {error !== null && (
          <Alert color="wrong" role="alert" p="xs">
            {[errorText(error), ...Object.values(error.fields), error.help].filter(Boolean).join(" ")}
          </Alert>
        )}
        {unresolved > 0 && (
          <Alert color="attention" p="xs">
            <Stack gap={6}>
              <Text size="sm">{t("classes.rollover.apply.unresolved", { count: unresolved })}</Text>
              <Checkbox
                size="xs"
                label={t("classes.rollover.apply.meant", { count: unresolved })}
                checked={meant}
                error={pressed && !meant ? t("classes.rollover.apply.tick") : null}
                onChange={(event) => setMeantOf(event.currentTarget.checked ? unresolved : 0)}
              />
            </Stack>
          </Alert>
        )}
        {apply.isPending ? (
          <JobProgress job={job} label={t("classes.rollover.apply.running")} />
        ) : (
          <Group justify="flex-end" gap="xs">
            <Button variant="default" data-autofocus onClick={onClose}>
              {t("common.cancel")}
            </Button>
            <Button onClick={submit}>{t("classes.rollover.apply.submit")}</Button>
          </Group>
        )}
      </Stack>
    </Dialog>
  );
}
