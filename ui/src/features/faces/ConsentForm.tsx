// Records who agreed to which wording: the wording is shown in full, and the answer taken down. That nobody
// has to agree, and the student's own no, stand on the same screen.
import { Alert, Button, Checkbox, Radio, Stack, Text, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery } from "@tanstack/react-query";
import type { FaceState } from "../../bindings/FaceState";
import type { FaceStatus } from "../../bindings/FaceStatus";
import { recordConsent, student as askStudent } from "../../bindings/operations";
import { useDraft } from "../../components/draft";
import { FormModal } from "../../components/FormModal";
import { useTranslation } from "../../i18n";
import { useSession } from "../../session/session";
import { giverOf } from "./giver";
import classes from "./faces.module.css";
import { fullName } from "../../names";
import { facesChanged } from "./state";

interface ConsentFormProps {
  state: FaceState;
  status: FaceStatus;
  onClose: () => void /** The student says no. */;
  onObjection: (() => void) | null;
}

export function ConsentForm({ state, status, onClose, onObjection }: ConsentFormProps) {
  const { t } = useTranslation();
  const { may } = useSession();
  const name = fullName(state);
  const details = useQuery({
    ...askStudent.query({ student: state.student }),
    enabled: may("people.student"),
  });
  const guardians = details.data?.guardians ?? [];
  const needed = (value: string, { who }: { who: string }) =>
    who === "other" && value.trim() === "" ? t("common.needed") : null;
  const draft = useDraft({
    key: `consent:${state.student}:${status.policyVersion}`,
    initial: { who: "", givenBy: "", relationship: "", agreed: false },
    validate: {
      who: (value) => (value === "" ? t("faces.consent.whoNeeded") : null),
      givenBy: needed,
      relationship: needed,
      agreed: (value) => (value ? null : t("faces.consent.agreedNeeded")),
    },
    save: (values) =>
      recordConsent({ student: state.student, wordingVersion: status.policyVersion, ...giverOf(values) }),
    onSaved: () => {
      notifications.show({ color: "good", message: t("faces.consent.recorded", { name }) });
      facesChanged();
      onClose();
    },
  });
  const { form } = draft;
  const { guardian, own } = form.errors;
  return (
    <FormModal
      title={t("faces.consent.formTitle", { name })}
      draft={draft}
      onClose={onClose}
      submit={t("faces.consent.submit")}
      size="lg"
      aside={
        onObjection !== null && (
          <Button
            variant="subtle"
            color="wrong"
            onClick={() => {
              draft.discard();
              onObjection();
            }}
          >
            {t("faces.consent.childNo")}
          </Button>
        )
      }
    >
      <Text size="sm" fw={600}>
        {t("faces.consent.wording")}
      </Text>
      <div
        className={classes.wording}
        tabIndex={0}
        role="region"
        aria-label={t("faces.consent.version", { version: status.policyVersion })}
      >
        {status.policy === "" ? t("faces.off.noWording") : status.policy}
      </div>
      <Text size="xs" c="dimmed">
        {t("faces.consent.version", { version: status.policyVersion })}
      </Text>
      <Alert color="gray" p="xs" title={t("faces.consent.alternativeTitle")}>
        {t("faces.consent.alternative")}
      </Alert>
      <Radio.Group
        label={t("faces.consent.who")}
        {...form.getInputProps("who")}
        error={form.errors.who ?? guardian ?? own}
      >
        <Stack gap={8} mt={6}>
          {guardians.map((one) => (
            <Radio key={one.id} value={one.id} label={fullName(one)} description={one.relationship} />
          ))}
          {state.mayConsent && (
            <Radio value="own" label={t("faces.consent.self", { name })} description={t("faces.consent.selfText")} />
          )}
          <Radio value="other" label={t("faces.consent.somebody")} description={t("faces.consent.somebodyText")} />
        </Stack>
      </Radio.Group>
      {details.isLoading && (
        <Text size="xs" c="dimmed" role="status">
          {t("faces.consent.loading")}
        </Text>
      )}
      {details.data !== undefined && guardians.length === 0 && (
        <Text size="xs" c="dimmed">
          {t("faces.consent.noGuardians")}
        </Text>
      )}
      {!state.mayConsent && (
        <Text size="xs" c="dimmed">
          {status.ownConsentAge === 0
            ? t("faces.consent.guardianAlways")
            : t("faces.consent.tooYoung", { count: status.ownConsentAge })}
        </Text>
      )}
      {form.values.who === "other" && (
        <>
          <TextInput label={t("faces.consent.name")} maxLength={120} {...form.getInputProps("givenBy")} />
          <TextInput
            label={t("faces.consent.relationship")}
            placeholder={t("faces.consent.relationshipHint")}
            maxLength={60}
            {...form.getInputProps("relationship")}
          />
        </>
      )}
      <Checkbox label={t("faces.consent.agreed")} {...form.getInputProps("agreed", { type: "checkbox" })} />
    </FormModal>
  );
}
