// A member of staff: new, or changed.
import { SimpleGrid, TextInput } from "@mantine/core";
import { saveStaff } from "../../bindings/operations";
import type { StaffDetails } from "../../bindings/StaffDetails";
import { said } from "../../components/change";
import { DateField, dayFault } from "../../components/DateField";
import { useDraft } from "../../components/draft";
import { FormModal } from "../../components/FormModal";
import { useTranslation } from "../../i18n";
import { usePlace } from "../../session/session";
import { fullName } from "../../names";
import { ReachedForm, reachedFields, reachedInput } from "./contact";
import { typed } from "./names";
import { NewFields, newValues, useNewFields } from "./ownInput";

function fieldsOf(details: StaffDetails | null) {
  const staff = details?.staff;
  return {
    version: staff?.version ?? null,
    givenName: staff?.givenName ?? "",
    familyName: staff?.familyName ?? "",
    nativeName: staff?.nativeName ?? "",
    number: staff?.number ?? "",
    jobTitle: staff?.jobTitle ?? "",
    email: staff?.email ?? "",
    phone: staff?.phone ?? "",
    firstDay: staff?.firstDay ?? "",
    ...reachedFields(details),
    ownValues: {} as Record<string, string>,
  };
}
type Fields = ReturnType<typeof fieldsOf>;

interface StaffFormProps {
  details: StaffDetails | null;
  onClose: () => void;
  onSaved: (id: string) => void;
  onReload?: () => void;
}

export function StaffForm({ details, onClose, onSaved, onReload }: StaffFormProps) {
  const staff = details?.staff ?? null;
  const { t } = useTranslation();
  const { school } = usePlace();
  const schoolId = school?.id ?? "";
  const ownFields = useNewFields(schoolId, "staff", staff === null);
  const draft = useDraft<Fields, StaffDetails>({
    key: `staff:${staff?.id ?? `new:${schoolId}`}`,
    initial: fieldsOf(details),
    validate: { firstDay: (value) => dayFault(value) },
    save: ({ version, givenName, familyName, ...rest }) =>
      saveStaff({
        school: schoolId,
        ...(staff === null ? {} : { id: staff.id, version }),
        givenName,
        familyName,
        nativeName: typed(rest.nativeName),
        number: typed(rest.number),
        jobTitle: typed(rest.jobTitle),
        email: typed(rest.email),
        phone: typed(rest.phone),
        ...reachedInput(rest),
        firstDay: typed(rest.firstDay),
        ...(staff === null ? { ownValues: newValues(ownFields, rest.ownValues) } : {}),
      }),
    onSaved: ({ staff: saved, undo }) => {
      said(t(staff === null ? "people.staff.added" : "people.staff.changed", { name: fullName(saved) }), undo);
      onSaved(saved.id);
    },
  });
  const field = (name: keyof Fields, label: string, rest: object = {}) => (
    <TextInput label={label} {...rest} {...draft.form.getInputProps(name)} />
  );
  return (
    <FormModal
      title={staff === null ? t("people.staff.new") : t("people.staff.edit", { name: fullName(staff) })}
      draft={draft}
      size="lg"
      onClose={onClose}
      {...(onReload === undefined ? {} : { onReload })}
      submit={staff === null ? t("people.staff.submit") : t("common.save")}
    >
      <SimpleGrid cols={2} spacing="sm" verticalSpacing="xs">
        {field("givenName", t("people.staff.given"), { withAsterisk: true, "data-autofocus": true })}
        {field("familyName", t("people.staff.family"), { withAsterisk: true })}
        {field("nativeName", t("people.staff.native"), { dir: "auto" })}
        {field("jobTitle", t("people.staff.job"))}
        {field("number", t("people.staff.number"))}
        {field("phone", t("people.staff.phone"), { type: "tel", dir: "ltr" })}
        {field("email", t("people.staff.email"), { type: "email", dir: "ltr" })}
        <DateField label={t("people.staff.firstDay")} {...draft.form.getInputProps("firstDay")} />
      </SimpleGrid>
      <ReachedForm form={draft.form} />
      <NewFields fields={ownFields} form={draft.form} values={draft.form.values.ownValues} />
    </FormModal>
  );
}
