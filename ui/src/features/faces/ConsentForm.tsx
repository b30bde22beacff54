// Records who agreed to which wording: the wording is shown in full, and the answer taken down.
import { Autocomplete, Checkbox, Text, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { FaceState } from "../../bindings/FaceState";
import type { FaceStatus } from "../../bindings/FaceStatus";
import { recordConsent, student as studentDetails } from "../../bindings/operations";
import { useDraft } from "../../components/draft";
import { FormModal } from "../../components/FormModal";
import { queries } from "../../session/queries";
import { useSession } from "../../session/session";
import classes from "./faces.module.css";
import { fullName } from "./state";

export function ConsentForm({ state, status, onClose }: { state: FaceState; status: FaceStatus; onClose: () => void }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const name = fullName(state);
  const details = useQuery({ queryKey: [`students:${state.student}`, "guardians"], enabled: may("student"), queryFn: () => studentDetails({ student: state.student }) });
  const guardians = (details.data?.guardians ?? []).map((guardian) => ({ name: fullName(guardian), relationship: guardian.relationship }));
  const draft = useDraft({
    key: `consent:${state.student}:${status.policyVersion}`, initial: { givenBy: "", relationship: "", agreed: false },
    validate: {
      givenBy: (value) => (value.trim() === "" ? t("common.needed") : null),
      relationship: (value) => (value.trim() === "" ? t("common.needed") : null),
      agreed: (value) => (value ? null : t("faces.consent.agreedNeeded")),
    },
    save: ({ givenBy, relationship }) => recordConsent({ student: state.student, givenBy, relationship, wordingVersion: status.policyVersion }),
    onSaved: () => {
      notifications.show({ color: "good", message: t("faces.consent.recorded", { name }) });
      void queries.invalidateQueries({ queryKey: ["face_templates"] });
      onClose();
    },
  });
  const { form } = draft;
  const choose = (givenBy: string) => {
    const found = guardians.find((guardian) => guardian.name === givenBy);
    form.setValues({ givenBy, ...(found === undefined ? givenBy === name ? { relationship: t("faces.consent.self") } : {} : { relationship: found.relationship }) });
  };
  return (
    <FormModal title={t("faces.consent.formTitle", { name })} draft={draft} onClose={onClose} submit={t("faces.consent.submit")} size="lg">
      <Text size="sm" fw={600}>{t("faces.consent.wording")}</Text>
      <div className={classes.wording} tabIndex={0} role="region" aria-label={t("faces.consent.version", { version: status.policyVersion })}>{status.policy === "" ? t("faces.off.noWording") : status.policy}</div>
      <Text size="xs" c="dimmed">{t("faces.consent.version", { version: status.policyVersion })} · {t("faces.consent.alternative")}</Text>
      <Autocomplete label={t("faces.consent.who")} description={t("faces.consent.whoHint")} maxLength={120} data={[...new Set([...guardians.map((guardian) => guardian.name), name])]} {...form.getInputProps("givenBy")} onChange={choose} data-autofocus />
      <TextInput label={t("faces.consent.relationship")} placeholder={t("faces.consent.relationshipHint")} maxLength={60} {...form.getInputProps("relationship")} />
      <Checkbox label={t("faces.consent.agreed")} {...form.getInputProps("agreed", { type: "checkbox" })} />
    </FormModal>
  );
}
