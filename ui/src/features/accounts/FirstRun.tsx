// The first run: a school, its year, and the person who administers it. There is no default account.
import { passwordFault } from "./passwords";
import {
  ActionIcon,
  Alert,
  Button,
  Group,
  PasswordInput,
  Select,
  SimpleGrid,
  Stack,
  Stepper,
  Text,
  TextInput,
} from "@mantine/core";
import { useForm, type UseFormReturnType } from "@mantine/form";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { DayOrder } from "../../bindings/DayOrder";
import type { NameOrder } from "../../bindings/NameOrder";
import type { SetUp } from "../../bindings/SetUp";
import { asOperationError } from "../../bridge";
import { DateField, dayFault } from "../../components/DateField";
import { showFieldErrors } from "../../components/form";
import { setUp } from "../../bindings/operations";
import { dayOrderOf, dayOrders, machineToday, nameOrders } from "../../conventions";
import { isDay } from "../../days";
import { useTranslation } from "../../i18n";
import { systemLocale } from "../../language";
import { enter } from "../../session/entry";
import { Welcome } from "../../session/Welcome";
import { addTerm, followYear, proposeYear, removeTerm, splitYear } from "./year";

/** The fields of each step, by the first part of their name. */
const steps = [
  ["schoolName", "timeZone", "dayOrder", "nameOrder"],
  ["yearTitle", "yearStart", "yearEnd", "terms"],
  ["administrator", "again"],
] as const;

function stepOf(field: string): number {
  const name = field.split(".")[0] ?? "";
  return Math.max(
    0,
    steps.findIndex((fields) => (fields as readonly string[]).includes(name)),
  );
}

export default function FirstRun() {
  const { t } = useTranslation();
  const [step, setStep] = useState(0);
  const [failure, setFailure] = useState<string | null>(null);
  const needed = (value: string) => (value.trim() === "" ? t("accounts.required") : null);
  const day = (value: string, order: DayOrder) => needed(value) ?? dayFault(value, { order, today: machineToday() });
  const after = (end: string, start: string) =>
    isDay(end) && isDay(start) && end <= start ? t("accounts.setUp.endBeforeStart") : null;
  const form = useForm({
    initialValues: initialValues((number) => t("accounts.setUp.term", { number })),
    validate: {
      schoolName: needed,
      timeZone: needed,
      yearTitle: needed,
      yearStart: (start, { dayOrder }) => day(start, dayOrder),
      yearEnd: (end, { yearStart, dayOrder }) => day(end, dayOrder) ?? after(end, yearStart),
      terms: {
        title: needed,
        start: (start, { dayOrder }) => day(start, dayOrder),
        end: (end, { terms, dayOrder }, path) =>
          day(end, dayOrder) ?? after(end, terms[Number(path.split(".")[1])]?.start ?? ""),
      },
      administrator: {
        givenName: needed,
        familyName: needed,
        username: needed,
        password: passwordFault,
      },
      again: (value, { administrator }) => (value === administrator.password ? null : t("accounts.password.differ")),
    },
  });
  const make = useMutation({
    mutationFn: (input: SetUp) => setUp(input),
    onSuccess: ({ whoami }) => enter(whoami),
    onError: (reason) => {
      setFailure(showFieldErrors(form, reason));
      const first = Object.keys(asOperationError(reason).fields)[0];
      if (first !== undefined) setStep(stepOf(first));
    },
  });

  const next = () => {
    setFailure(null);
    const { errors } = form.validate();
    const here = Object.keys(errors).filter((field) => stepOf(field) === step);
    if (here.length > 0) return;
    form.clearErrors();
    if (step < steps.length - 1) setStep(step + 1);
    else {
      const { again: _, ...input } = form.getValues();
      make.mutate(input);
    }
  };

  return (
    <Welcome title={t("accounts.setUp.title")} width="40rem">
      <Text size="sm" c="dimmed" mb="lg">
        {t("accounts.setUp.intro")}
      </Text>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          next();
        }}
      >
        <Stepper
          active={step}
          onStepClick={(to) => to < step && setStep(to)}
          size="xs"
          mb="lg"
          allowNextStepsSelect={false}
        >
          <Stepper.Step label={t("accounts.setUp.steps.school")}>
            <SchoolStep form={form} />
          </Stepper.Step>
          <Stepper.Step label={t("accounts.setUp.steps.year")}>
            <YearStep form={form} />
          </Stepper.Step>
          <Stepper.Step label={t("accounts.setUp.steps.administrator")}>
            <AdministratorStep form={form} />
          </Stepper.Step>
        </Stepper>
        {failure !== null && (
          <Alert color="wrong" role="alert" mb="md" p="xs">
            {failure}
          </Alert>
        )}
        <Group justify="space-between">
          <Button
            variant="default"
            size="sm"
            style={{ visibility: step === 0 ? "hidden" : undefined }}
            onClick={() => setStep(step - 1)}
          >
            {t("accounts.setUp.back")}
          </Button>
          <Button type="submit" size="sm" loading={make.isPending}>
            {t(step === steps.length - 1 ? "accounts.setUp.submit" : "accounts.setUp.next")}
          </Button>
        </Group>
      </form>
    </Welcome>
  );
}

function initialValues(termTitle: (number: number) => string) {
  const year = proposeYear(machineToday());
  return {
    dayOrder: dayOrderOf(systemLocale()),
    nameOrder: "family_first" as NameOrder,
    schoolName: "",
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    yearTitle: year.title,
    yearStart: year.start,
    yearEnd: year.end,
    terms: splitYear(year.start, year.end, 3, termTitle),
    administrator: { givenName: "", familyName: "", username: "", password: "" },
    again: "",
  };
}

type Form = Pick<UseFormReturnType<ReturnType<typeof initialValues>>, "getInputProps" | "setFieldValue" | "values">;

/** A hundred time zones are not drawn before somebody looks for one: the screen is there sooner. */
const drawnWhenOpened = { keepMounted: false };

function SchoolStep({ form }: { form: Form }) {
  const { t } = useTranslation();
  const [zones] = useState(timeZones);
  return (
    <Stack gap="sm">
      <TextInput
        label={t("accounts.setUp.schoolName")}
        withAsterisk
        autoFocus
        maxLength={200}
        {...form.getInputProps("schoolName")}
      />
      <Select
        label={t("accounts.setUp.timeZone")}
        description={t("accounts.setUp.timeZoneHelp")}
        withAsterisk
        searchable
        limit={100}
        data={zones}
        allowDeselect={false}
        comboboxProps={drawnWhenOpened}
        {...form.getInputProps("timeZone")}
      />
      <Select
        label={t("schools.writing.order")}
        description={t("accounts.setUp.dayOrderHelp")}
        withAsterisk
        data={dayOrders.map((value) => ({ value, label: t(`schools.writing.orders.${value}`) }))}
        allowDeselect={false}
        {...form.getInputProps("dayOrder")}
      />
      <Select
        label={t("schools.writing.names")}
        description={t("schools.writing.namesHelp")}
        withAsterisk
        data={nameOrders.map((value) => ({ value, label: t(`schools.writing.nameOrders.${value}`) }))}
        allowDeselect={false}
        {...form.getInputProps("nameOrder")}
      />
    </Stack>
  );
}

function timeZones(): string[] {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return [...new Set([here, ...Intl.supportedValuesOf("timeZone"), "UTC"])];
}

function YearStep({ form }: { form: Form }) {
  const { t } = useTranslation();
  const { terms, yearStart, yearEnd } = form.values;
  // The year that the terms were proposed for: while a day is half typed it is the one before.
  const [year, setYear] = useState<readonly [string, string]>([yearStart, yearEnd]);
  const add = () =>
    form.setFieldValue("terms", addTerm(terms, ...year, t("accounts.setUp.term", { number: terms.length + 1 })));
  const remove = (place: number) => form.setFieldValue("terms", removeTerm(terms, ...year, place));
  // Terms that nobody typed follow the year.
  const ofYear = (start: string, end: string) => {
    if (!isDay(start) || !isDay(end)) return;
    const next = followYear(terms, year, [start, end]);
    if (next === terms) return;
    form.setFieldValue("terms", next);
    setYear([start, end]);
  };
  return (
    <Stack gap="sm">
      <SimpleGrid cols={3} spacing="sm">
        <TextInput
          label={t("accounts.setUp.yearTitle")}
          withAsterisk
          autoFocus
          maxLength={60}
          {...form.getInputProps("yearTitle")}
        />
        <Day
          label={t("accounts.setUp.yearStart")}
          form={form}
          field="yearStart"
          onTyped={(day) => ofYear(day, yearEnd)}
        />
        <Day
          label={t("accounts.setUp.yearEnd")}
          form={form}
          field="yearEnd"
          onTyped={(day) => ofYear(yearStart, day)}
        />
      </SimpleGrid>
      <Text size="sm" fw={500}>
        {t("accounts.setUp.terms")}
      </Text>
      {terms.map((term, place) => (
        <Group key={place} gap="sm" wrap="nowrap" align="flex-start">
          <TextInput
            aria-label={t("accounts.setUp.termTitle")}
            maxLength={60}
            flex={1}
            {...form.getInputProps(`terms.${place}.title`)}
          />
          <Day ariaLabel={t("accounts.setUp.termStart")} form={form} field={`terms.${place}.start`} />
          <Day ariaLabel={t("accounts.setUp.termEnd")} form={form} field={`terms.${place}.end`} />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            disabled={terms.length === 1}
            aria-label={t("accounts.setUp.removeTerm", { title: term.title })}
            onClick={() => remove(place)}
          >
            <IconTrash size="1rem" />
          </ActionIcon>
        </Group>
      ))}
      <Group>
        <Button variant="subtle" leftSection={<IconPlus size="0.875rem" />} disabled={terms.length >= 6} onClick={add}>
          {t("accounts.setUp.addTerm")}
        </Button>
      </Group>
    </Stack>
  );
}

function Day({
  form,
  field,
  label,
  ariaLabel,
  onTyped,
}: {
  form: Form;
  field: string;
  label?: string;
  ariaLabel?: string;
  onTyped?: (day: string) => void;
}) {
  const { onChange, ...props } = form.getInputProps(field);
  return (
    <DateField
      label={label}
      aria-label={ariaLabel}
      w={label === undefined ? 150 : undefined}
      withAsterisk={label !== undefined}
      order={form.values.dayOrder}
      today={machineToday()}
      {...props}
      onChange={(day) => {
        onChange(day);
        onTyped?.(day);
      }}
    />
  );
}

function AdministratorStep({ form }: { form: Form }) {
  const { t } = useTranslation();
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {t("accounts.setUp.administratorHelp")}
      </Text>
      <SimpleGrid cols={2} spacing="sm">
        <TextInput
          label={t("accounts.setUp.givenName")}
          withAsterisk
          autoFocus
          autoComplete="given-name"
          maxLength={100}
          {...form.getInputProps("administrator.givenName")}
        />
        <TextInput
          label={t("accounts.setUp.familyName")}
          withAsterisk
          autoComplete="family-name"
          maxLength={100}
          {...form.getInputProps("administrator.familyName")}
        />
      </SimpleGrid>
      <TextInput
        label={t("accounts.setUp.username")}
        withAsterisk
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={100}
        {...form.getInputProps("administrator.username")}
      />
      <PasswordInput
        label={t("accounts.setUp.password")}
        description={t("accounts.setUp.passwordHelp")}
        withAsterisk
        autoComplete="new-password"
        {...form.getInputProps("administrator.password")}
      />
      <PasswordInput
        label={t("accounts.setUp.passwordAgain")}
        withAsterisk
        autoComplete="new-password"
        {...form.getInputProps("again")}
      />
    </Stack>
  );
}
