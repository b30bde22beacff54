// A guardian of a student: new, or changed, with what of the child is theirs.
import { Button, Checkbox, Group, Select, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import type { GuardianRow } from "../../bindings/GuardianRow";
import { saveGuardian } from "../../bindings/operations";
import type { SavedStudent } from "../../bindings/SavedStudent";
import type { StudentDetails } from "../../bindings/StudentDetails";
import { said } from "../../components/change";
import { useDraft } from "../../components/draft";
import { FormModal } from "../../components/FormModal";
import { useTranslation } from "../../i18n";
import { languageChoices } from "../../language";
import { fullName } from "../../names";
import { addressText, ReachedForm, reachedFields, reachedInput } from "./contact";
import { AlikeGuardian } from "./hints";
import { typed } from "./names";
import classes from "./people.module.css";

function fieldsOf(student: StudentDetails, guardian: GuardianRow | null) {
  return {
    // Of both: what the person is, and what they are to the child.
    version:
      guardian === null ? null : { version: guardian.version, guardianshipVersion: guardian.guardianshipVersion },
    givenName: guardian?.givenName ?? "",
    familyName: guardian?.familyName ?? student.familyName,
    relationship: guardian?.relationship ?? "",
    phone: guardian?.phone ?? "",
    email: guardian?.email ?? "",
    language: guardian?.language ?? null,
    isPrimary: guardian?.isPrimary ?? student.guardians.length === 0,
    mayCollect: guardian?.mayCollect ?? true,
    getsLetters: guardian?.getsLetters ?? true,
    noAccess: guardian?.noAccess ?? false,
    ...reachedFields(guardian),
  };
}
type Fields = ReturnType<typeof fieldsOf>;

interface GuardianFormProps {
  student: StudentDetails;
  guardian: GuardianRow | null;
  onClose: () => void;
  onReload?: () => void;
}

export function GuardianForm({ student, guardian, onClose, onReload }: GuardianFormProps) {
  const { t } = useTranslation();
  // A guardian of a brother or sister who was typed again, and is the same person.
  const [taken, take] = useState<{ id: string; version: number } | null>(null);
  const draft = useDraft<Fields, SavedStudent>({
    key: `guardian:${student.id}:${guardian?.id ?? "new"}`,
    initial: fieldsOf(student, guardian),
    save: ({ version, address, contacts, ...fields }) =>
      saveGuardian({
        student: student.id,
        ...(guardian === null ? (taken ?? {}) : { id: guardian.id, ...version }),
        ...fields,
        phone: typed(fields.phone),
        email: typed(fields.email),
        ...reachedInput({ address, contacts }),
      }),
    onSaved: ({ undo }, { givenName, familyName }) => {
      const name = fullName({ givenName, familyName });
      said(t(guardian === null ? "people.guardian.added" : "people.guardian.changed", { name }), undo);
      onClose();
    },
  });
  const { form } = draft;
  const text = (name: keyof Fields, label: string, rest: object = {}) => (
    <TextInput label={label} {...rest} {...form.getInputProps(name)} />
  );
  const { noAccess } = form.values;
  const yes = (name: "mayCollect" | "getsLetters", label: string) => (
    <Checkbox label={label} disabled={noAccess} {...form.getInputProps(name, { type: "checkbox" })} />
  );
  const lives = student.address;
  return (
    <FormModal
      title={
        guardian === null
          ? t("people.guardian.new", { name: fullName(student) })
          : t("people.guardian.edit", { name: fullName(guardian) })
      }
      draft={draft}
      size="xl"
      onClose={onClose}
      {...(onReload === undefined ? {} : { onReload })}
      submit={guardian === null ? t("people.guardian.submit") : t("common.save")}
    >
      <SimpleGrid cols={3} spacing="sm" verticalSpacing="xs">
        {text("givenName", t("people.form.given"), { withAsterisk: true, "data-autofocus": true })}
        {text("familyName", t("people.form.family"), { withAsterisk: true })}
        {text("relationship", t("people.form.relationship"), {
          withAsterisk: true,
          placeholder: t("people.form.relationshipExample"),
        })}
        {text("phone", t("people.form.phone"), { type: "tel", dir: "ltr" })}
        {text("email", t("people.form.email"), { type: "email", dir: "ltr" })}
        <Select
          label={t("people.form.language")}
          placeholder={t("people.form.languageOpen")}
          clearable
          data={languageChoices()}
          {...form.getInputProps("language")}
        />
      </SimpleGrid>
      {guardian === null && taken === null && (
        <AlikeGuardian
          school={student.school}
          givenName={form.values.givenName}
          familyName={form.values.familyName}
          phone={form.values.phone}
          besides={student.guardians.map(({ id }) => id)}
          onTake={({ id, version, givenName, familyName, phone, email, language }) => {
            take({ id, version });
            form.setValues({ givenName, familyName, phone: phone ?? "", email: email ?? "", language });
          }}
        />
      )}
      <fieldset className={classes.guardian}>
        <legend>{t("people.guardian.ofChild", { name: fullName(student) })}</legend>
        <Stack gap="xs">
          <Checkbox label={t("people.form.primary")} {...form.getInputProps("isPrimary", { type: "checkbox" })} />
          {yes("mayCollect", t("people.guardian.mayCollect"))}
          {yes("getsLetters", t("people.guardian.getsLetters"))}
          <Checkbox
            label={t("people.guardian.noAccess")}
            description={t("people.guardian.noAccessHelp")}
            checked={noAccess}
            onChange={(event) => {
              const none = event.currentTarget.checked;
              const rest = none ? { isPrimary: false, mayCollect: false, getsLetters: false } : {};
              form.setValues({ noAccess: none, ...rest } as Partial<Fields>);
            }}
          />
        </Stack>
      </fieldset>
      {lives !== null && addressText(reachedInput(form.values).address) === "" && (
        <Group>
          <Button
            variant="subtle"
            px={0}
            onClick={() => form.setFieldValue("address", reachedFields({ address: lives, contacts: [] }).address)}
          >
            {t("people.guardian.address", { name: fullName(student) })}
          </Button>
        </Group>
      )}
      <ReachedForm form={form} />
    </FormModal>
  );
}
