// A student with the guardians: new, or changed. A new one can be put into a class at once.
import { ActionIcon, Button, Checkbox, Group, Radio, Select, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { listClasses, saveStudent } from "../../bindings/operations";
import type { SaveGuardian } from "../../bindings/SaveGuardian";
import type { SavedStudent } from "../../bindings/SavedStudent";
import type { StudentDetails } from "../../bindings/StudentDetails";
import { said } from "../../components/change";
import { DateField, dayFault } from "../../components/DateField";
import { useDraft, type DraftForm } from "../../components/draft";
import { FormModal } from "../../components/FormModal";
import { Signal } from "../../components/Signal";
import { conventions } from "../../conventions";
import { yearsBetween } from "../../days";
import { useTranslation } from "../../i18n";
import { usePlace, useSession } from "../../session/session";
import { languageChoices } from "../../language";
import { fullName } from "../../names";
import { useYears } from "../classes/ask";
import { classChoices } from "../classes/kinds";
import { PlacesNote } from "../classes/PlacesNote";
import { ReachedForm, reachedFields, reachedInput } from "./contact";
import { typed } from "./names";
import { NewFields, newValues, useNewFields } from "./ownInput";
import { Alike, AlikeGuardian, NextNumber } from "./hints";
import classes from "./people.module.css";

interface GuardianFields {
  id: string | null;
  version: number | null;
  givenName: string;
  familyName: string;
  relationship: string;
  phone: string;
  email: string;
  isPrimary: boolean;
  noAccess: boolean;
  language: string | null;
  guardianshipVersion: number | null;
}

function fieldsOf(student: StudentDetails | null) {
  const guardians: GuardianFields[] = (student?.guardians ?? []).map((guardian) => ({
    ...guardian,
    phone: guardian.phone ?? "",
    email: guardian.email ?? "",
  }));
  return {
    version: student?.version ?? null,
    givenName: student?.givenName ?? "",
    middleName: student?.middleName ?? "",
    familyName: student?.familyName ?? "",
    preferredName: student?.preferredName ?? "",
    nativeName: student?.nativeName ?? "",
    number: student?.number ?? "",
    birthDate: student?.birthDate ?? "",
    sex: student?.sex ?? "",
    gradeLevel: student?.gradeLevel ?? "",
    firstDay: "",
    email: student?.email ?? "",
    phone: student?.phone ?? "",
    ...reachedFields(student),
    guardians,
    class: null as string | null,
    sureOf: "",
    ownValues: {} as Record<string, string>,
  };
}
type Fields = ReturnType<typeof fieldsOf>;

function guardianInput({
  id,
  version,
  givenName,
  familyName,
  relationship,
  phone,
  email,
  isPrimary,
  language,
  guardianshipVersion,
}: GuardianFields): SaveGuardian {
  const reached = { phone: typed(phone), email: typed(email), language };
  return { id, version, guardianshipVersion, givenName, familyName, relationship, isPrimary, ...reached };
}

interface StudentFormProps {
  student: StudentDetails | null;
  onClose: () => void;
  onSaved: (id: string) => void;
  onReload?: () => void;
  /** Leaves the form to make one record of the student and another. */
  onMerge?: (other: string) => void;
}

export function StudentForm({ student, onClose, onSaved, onReload, onMerge }: StudentFormProps) {
  const { t } = useTranslation();
  const { school } = usePlace();
  const schoolId = student?.school ?? school?.id ?? "";
  const ownFields = useNewFields(schoolId, "students", student === null);
  const year = useYears().data?.find(({ current }) => current);
  // Who came before this year is in this year's class from its own first day on, which the operation knows.
  const inClassFrom = ({ class: wanted, firstDay }: Fields) =>
    wanted === null || firstDay === "" || (year !== undefined && firstDay < year.start) ? {} : { classStart: firstDay };
  const draft = useDraft<Fields, SavedStudent>({
    key: `student:${student?.id ?? `new:${schoolId}`}`,
    initial: fieldsOf(student),
    validate: { birthDate: (value) => dayFault(value, { past: true }), firstDay: (value) => dayFault(value) },
    save: async (values) => {
      const { version, guardians, class: wanted, sureOf, ...fields } = values;
      return saveStudent({
        school: schoolId,
        ...(student === null ? {} : { id: student.id, version }),
        number: fields.number,
        givenName: fields.givenName,
        familyName: fields.familyName,
        middleName: typed(fields.middleName),
        preferredName: typed(fields.preferredName),
        nativeName: typed(fields.nativeName),
        birthDate: typed(fields.birthDate),
        sureOfBirthDate: sureOf !== "" && sureOf === fields.birthDate,
        sex: typed(fields.sex),
        gradeLevel: typed(fields.gradeLevel),
        email: typed(fields.email),
        phone: typed(fields.phone),
        ...reachedInput(values),
        guardians: guardians.map(guardianInput),
        ...(student === null
          ? {
              firstDay: typed(fields.firstDay),
              class: wanted,
              ...inClassFrom(values),
              ownValues: newValues(ownFields, fields.ownValues),
            }
          : {}),
      });
    },
    onSaved: ({ student: saved, undo }) => {
      said(t(student === null ? "people.student.added" : "people.student.changed", { name: fullName(saved) }), undo);
      onSaved(saved.id);
    },
  });
  const { form } = draft;
  const field = (name: keyof Fields, label: string, rest: object = {}) => (
    <TextInput label={label} {...rest} {...form.getInputProps(name)} />
  );
  return (
    <FormModal
      title={student === null ? t("people.form.new") : t("people.form.edit", { name: fullName(student) })}
      draft={draft}
      size="xl"
      onClose={onClose}
      {...(onReload === undefined ? {} : { onReload })}
      submit={student === null ? t("people.form.submit") : t("common.save")}
    >
      <SimpleGrid cols={3} spacing="sm" verticalSpacing="xs">
        {field("givenName", t("people.form.given"), { withAsterisk: true, "data-autofocus": true })}
        {field("middleName", t("people.form.middle"))}
        {field("familyName", t("people.form.family"), { withAsterisk: true })}
        {field("preferredName", t("people.form.preferred"))}
        {field("nativeName", t("people.form.native"), { dir: "auto" })}
        <div>
          {field("number", t("people.form.number"), { withAsterisk: true, title: t("people.form.numberHelp") })}
          {student === null && (
            <NextNumber
              school={schoolId}
              number={form.values.number}
              take={(number) => {
                form.setFieldValue("number", number);
                form.clearFieldError("number");
              }}
            />
          )}
        </div>
        <BirthDate form={form} asked={draft.asked("birthDate")} />
        {field("sex", t("people.form.sex"))}
        {field("gradeLevel", t("people.form.grade"))}
        {field("phone", t("people.form.phone"), { type: "tel", dir: "ltr" })}
        {field("email", t("people.form.email"), { type: "email", dir: "ltr" })}
        {student === null && (
          <>
            <DateField
              label={t("people.form.firstDay")}
              placeholder={t("people.form.firstDayHelp")}
              {...form.getInputProps("firstDay")}
            />
            <ClassChoice form={form} />
          </>
        )}
      </SimpleGrid>
      <Alike
        school={schoolId}
        givenName={form.values.givenName}
        familyName={form.values.familyName}
        birthDate={form.values.birthDate}
        besides={student?.id ?? null}
        onMerge={onMerge}
      />
      <ReachedForm form={form} />
      <NewFields fields={ownFields} form={form} values={form.values.ownValues} />
      <Guardians form={form} school={schoolId} />
    </FormModal>
  );
}

type Form = DraftForm<Fields>["form"];

/** A date that is possible and rare is asked about once, and sent again with the answer. */
function BirthDate({ form, asked }: { form: Form; asked: boolean }) {
  const { t } = useTranslation();
  const { birthDate, sureOf } = form.values;
  return (
    <div>
      <DateField
        label={t("people.form.born")}
        past
        tell={(day) =>
          day <= conventions().today ? t("common.day.age", { count: yearsBetween(day, conventions().today) }) : null
        }
        {...form.getInputProps("birthDate")}
      />
      {(asked || sureOf !== "") && birthDate !== "" && (
        <Checkbox
          size="xs"
          mt={4}
          label={t("people.form.sure")}
          checked={sureOf === birthDate}
          onChange={(event) => {
            form.setFieldValue("sureOf", event.currentTarget.checked ? birthDate : "");
            form.clearFieldError("birthDate");
          }}
        />
      )}
    </div>
  );
}

function ClassChoice({ form }: { form: Form }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const { school } = usePlace();
  const list = useQuery({
    ...listClasses.query({ school: school?.id ?? "" }),
    enabled: school !== null,
  });
  if (!may("classes.enrol_students")) return null;
  return (
    <Stack gap={4}>
      <Select
        label={t("people.form.class")}
        placeholder={t("people.form.noClass")}
        title={t("people.form.classHelp")}
        clearable
        searchable
        data={classChoices(list.data ?? [])}
        {...form.getInputProps("class")}
      />
      <PlacesNote of={list.data?.find(({ id }) => id === form.values.class)} more={1} />
    </Stack>
  );
}

function Guardians({ form, school }: { form: Form; school: string }) {
  const { t } = useTranslation();
  const { guardians } = form.values;
  const add = () =>
    form.insertListItem("guardians", {
      id: null,
      version: null,
      givenName: "",
      familyName: form.values.familyName,
      relationship: "",
      phone: "",
      email: "",
      isPrimary: guardians.length === 0,
      noAccess: false,
      language: null,
      guardianshipVersion: null,
    } satisfies GuardianFields);
  const callFirst = (place: number) =>
    form.setFieldValue(
      "guardians",
      guardians.map((guardian, other) => ({ ...guardian, isPrimary: other === place })),
    );
  return (
    <Stack gap="xs">
      <Text fw={600} size="sm">
        {t("people.form.guardians")}
      </Text>
      {guardians.map((guardian, place) => {
        const props = (name: keyof GuardianFields) => form.getInputProps(`guardians.${place}.${name}`);
        return (
          <fieldset key={guardian.id ?? place} className={classes.guardian}>
            <legend>{t("people.form.guardian", { number: place + 1 })}</legend>
            <SimpleGrid cols={3} spacing="sm" verticalSpacing="xs">
              {guardian.noAccess && <Signal tone="wrong">{t("people.guardian.none")}</Signal>}
              <TextInput label={t("people.form.given")} withAsterisk {...props("givenName")} />
              <TextInput label={t("people.form.family")} withAsterisk {...props("familyName")} />
              <TextInput
                label={t("people.form.relationship")}
                placeholder={t("people.form.relationshipExample")}
                withAsterisk
                {...props("relationship")}
              />
              <TextInput label={t("people.form.phone")} type="tel" dir="ltr" {...props("phone")} />
              <TextInput label={t("people.form.email")} type="email" dir="ltr" {...props("email")} />
              <Select
                label={t("people.form.language")}
                placeholder={t("people.form.languageOpen")}
                clearable
                data={languageChoices()}
                {...props("language")}
              />
              <Group justify="space-between" align="end" wrap="nowrap">
                <Radio
                  label={t("people.form.primary")}
                  checked={guardian.isPrimary}
                  onChange={() => callFirst(place)}
                  pb={6}
                />
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size="lg"
                  aria-label={t("people.form.removeGuardian", { number: place + 1 })}
                  onClick={() => form.removeListItem("guardians", place)}
                >
                  <IconTrash size="1rem" />
                </ActionIcon>
              </Group>
            </SimpleGrid>
            {guardian.id === null && (
              <AlikeGuardian
                school={school}
                givenName={guardian.givenName}
                familyName={guardian.familyName}
                phone={guardian.phone}
                besides={guardians.flatMap(({ id }) => (id === null ? [] : [id]))}
                onTake={({ id, version, givenName, familyName, phone, email, language }) =>
                  form.setFieldValue(`guardians.${place}`, {
                    ...guardian,
                    id,
                    version,
                    givenName,
                    familyName,
                    phone: phone ?? "",
                    email: email ?? "",
                    language,
                  })
                }
              />
            )}
          </fieldset>
        );
      })}
      <Group>
        <Button variant="default" onClick={add}>
          {t("people.form.addGuardian")}
        </Button>
      </Group>
    </Stack>
  );
}
