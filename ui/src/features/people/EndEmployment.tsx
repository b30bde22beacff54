// A member of staff leaves: everything that the person teaches or leads in years that go on after the last day is given
// to somebody in the same step, or to nobody yet.
import { Alert, Select, Stack, Text, Title } from "@mantine/core";
import { useQueries, useQuery } from "@tanstack/react-query";
import { endEmployment, listClasses, listStaff } from "../../bindings/operations";
import type { EndEmployment } from "../../bindings/EndEmployment";
import type { StaffDetails } from "../../bindings/StaffDetails";
import type { Undoable } from "../../bindings/Undoable";
import { said } from "../../components/change";
import { DateField, dayNeeded } from "../../components/DateField";
import { useDraft } from "../../components/draft";
import { FormModal } from "../../components/FormModal";
import { ErrorState, LoadingShape } from "../../components/states";
import { isDay } from "../../days";
import { useTranslation } from "../../i18n";
import { fullName, listName } from "../../names";
import { formatDay } from "../../numbers";
import { usePlace } from "../../session/session";
import { useYears } from "../classes/ask";

/** The choice that is no member of staff. */
const nobody = "nobody";

interface Held {
  courses: { id: string; label: string }[];
  homerooms: { id: string; label: string }[];
}

/** What the person teaches and leads in years that go on after a day. */
function useHeld(details: StaffDetails, school: string) {
  const { t } = useTranslation();
  const years = useYears();
  const lists = useQueries({
    queries: (years.data ?? []).map(({ id }) => ({ ...listClasses.query({ school, year: id }) })),
  });
  const failed = [years, ...lists].find(({ error }) => error !== null);
  const loaded = years.data !== undefined && lists.every(({ data }) => data !== undefined);
  const classes = lists.flatMap(({ data }) => data ?? []);
  const after = (lastDay: string): Held => {
    const goingOn = new Set(
      (years.data ?? []).filter(({ end }) => isDay(lastDay) && end > lastDay).map(({ id }) => id),
    );
    return {
      homerooms: classes
        .filter(({ year, classTeacher }) => goingOn.has(year) && classTeacher === details.staff.id)
        .map(({ id, title }) => ({ id, label: t("people.handOver.homeroom", { class: title }) })),
      courses: details.teaches
        .filter(({ year }) => goingOn.has(year))
        .map(({ course, subjectTitle: subject, classTitle }) => ({
          id: course,
          label: t("people.handOver.course", { subject, class: classTitle }),
        })),
    };
  };
  const retry = () => [years, ...lists].forEach((one) => void (one.error !== null && one.refetch()));
  return { loaded, error: failed?.error ?? null, retry, after };
}

/** Who can take over after a day: the staff who work here longer. */
function useTakingOver(details: StaffDetails, school: string, lastDay: string) {
  const { t } = useTranslation();
  const staff = useQuery({ ...listStaff.query({ school, limit: 500 }) });
  const others = (staff.data?.rows ?? []).filter(
    (person) => person.id !== details.staff.id && (person.lastDay === null || person.lastDay > lastDay),
  );
  return [
    { value: nobody, label: t("people.handOver.nobody") },
    ...others.map((person) => ({ value: person.id, label: listName(person) })),
  ];
}

interface EndEmploymentProps {
  details: StaffDetails;
  school: string;
  onClose: () => void;
  onReload: () => void;
}

type Given = Readonly<Record<string, string | null>>;

export function EndEmploymentForm({ details, school, onClose, onReload }: EndEmploymentProps) {
  const { t } = useTranslation();
  const today = usePlace().school?.today ?? "";
  const { staff } = details;
  const name = fullName(staff);
  const held = useHeld(details, school);
  // By course and by class; nobody yet is null, and what is not there was not said.
  const initial = {
    version: staff.version,
    lastDay: staff.lastDay ?? today,
    courses: {} as Given,
    homerooms: {} as Given,
  };
  const draft = useDraft<typeof initial, Undoable>({
    key: `end-employment:${staff.id}`,
    initial,
    validate: (values) => {
      const day = dayNeeded(values.lastDay);
      const { courses, homerooms } = held.after(values.lastDay);
      const open = (of: "courses" | "homerooms", rows: readonly { id: string }[]) =>
        rows.flatMap(({ id }, place) => (id in values[of] ? [] : [[`${of}.${place}.to`, t("common.needed")] as const]));
      return {
        // What is not known cannot be handed over.
        ...(held.loaded ? {} : { courses: t("people.handOver.unread") }),
        ...(day === null ? {} : { lastDay: day }),
        ...Object.fromEntries([...open("courses", courses), ...open("homerooms", homerooms)]),
      };
    },
    save: ({ version, lastDay, courses, homerooms }) => {
      const goes = held.after(lastDay);
      const input: EndEmployment = {
        staff: staff.id,
        version,
        lastDay,
        courses: goes.courses.map(({ id }) => ({ course: id, to: courses[id] ?? null })),
        homerooms: goes.homerooms.map(({ id }) => ({ class: id, to: homerooms[id] ?? null })),
      };
      return endEmployment(input);
    },
    onSaved: ({ undo }, { lastDay }) => {
      said(t("people.handOver.done", { name, day: formatDay(lastDay) }), undo);
      onClose();
    },
  });
  const { form } = draft;
  const { lastDay } = form.values;
  const choices = useTakingOver(details, school, lastDay);
  const goes = held.after(lastDay);
  const day = form.getInputProps("lastDay");
  const give = (of: "courses" | "homerooms", ids: readonly string[], to: string) => {
    const person = to === nobody ? null : to;
    form.setFieldValue(of, (before: Given) => ({ ...before, ...Object.fromEntries(ids.map((id) => [id, person])) }));
    // What was refused is named by its place in what was sent.
    form.clearFieldError(of);
    goes[of].forEach(({ id }, place) => {
      if (!ids.includes(id)) return;
      form.clearFieldError(`${of}.${place}.to`);
      form.clearFieldError(`${of}.${place}.${of === "courses" ? "course" : "class"}`);
    });
  };
  const given = (of: "courses" | "homerooms", id: string) =>
    id in form.values[of] ? (form.values[of][id] ?? nobody) : null;
  const one = (of: "courses" | "homerooms", { id, label }: { id: string; label: string }, place: number) => (
    <Select
      key={id}
      label={<bdi>{label}</bdi>}
      withAsterisk
      searchable
      allowDeselect={false}
      placeholder={t("people.handOver.choose")}
      data={choices}
      value={given(of, id)}
      onChange={(to) => to !== null && give(of, [id], to)}
      error={form.errors[`${of}.${place}.to`] ?? form.errors[`${of}.${place}.${of === "courses" ? "course" : "class"}`]}
    />
  );
  const count = goes.courses.length + goes.homerooms.length;
  return (
    <FormModal
      title={t("people.handOver.title", { name })}
      draft={draft}
      size="lg"
      onClose={onClose}
      onReload={onReload}
      submit={t("people.handOver.submit")}
    >
      <Text size="sm" c="dimmed">
        {t("people.handOver.what")}
      </Text>
      <DateField
        label={t("people.handOver.lastDay")}
        w={220}
        withAsterisk
        data-autofocus
        {...day}
        onChange={(value) => {
          day.onChange(value);
          // Another day hands over other things, in other places.
          form.setErrors({});
        }}
      />
      {held.error !== null && <ErrorState error={held.error} onRetry={held.retry} />}
      {held.error === null && !held.loaded && <LoadingShape rows={3} />}
      {held.loaded && isDay(lastDay) && (
        <Stack gap="xs">
          <Title order={3}>{t("people.handOver.goes")}</Title>
          {count === 0 && <Text size="sm">{t("people.handOver.nothing")}</Text>}
          {form.errors.courses !== undefined && form.errors.courses !== null && (
            <Alert color="wrong" role="alert" p="xs">
              {form.errors.courses}
            </Alert>
          )}
          {count > 1 && (
            <Select
              label={t("people.handOver.all")}
              searchable
              placeholder={t("people.handOver.choose")}
              data={choices}
              value={null}
              onChange={(to) => {
                if (to === null) return;
                give(
                  "courses",
                  goes.courses.map(({ id }) => id),
                  to,
                );
                give(
                  "homerooms",
                  goes.homerooms.map(({ id }) => id),
                  to,
                );
              }}
            />
          )}
          {goes.homerooms.map((row, place) => one("homerooms", row, place))}
          {goes.courses.map((row, place) => one("courses", row, place))}
        </Stack>
      )}
    </FormModal>
  );
}
