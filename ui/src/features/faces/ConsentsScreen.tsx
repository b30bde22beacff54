// Consents as a class brings its signed letters: many are ticked in one list, each with who signed it, and recorded in one
// act that can be taken back.
import { Alert, Button, Checkbox, Group, Select, Stack, Table, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { asOperationError } from "../../bridge";
import type { ConsentLetter } from "../../bindings/ConsentLetter";
import type { FaceState } from "../../bindings/FaceState";
import { consentState, recordConsents, registersOfDay, takeBackConsents } from "../../bindings/operations";
import { DateField, dayNeeded } from "../../components/DateField";
import { Missing } from "../../components/Missing";
import { PersonName } from "../../components/PersonName";
import { Screen, ScreenHead } from "../../components/ScreenHead";
import { EmptyState, ErrorState, LoadingShape } from "../../components/states";
import { offerUndo } from "../../components/undo";
import { errorText, useTranslation } from "../../i18n";
import { byTitle, fullName } from "../../names";
import { usePlace } from "../../session/session";
import classes from "./faces.module.css";
import { giverOf } from "./giver";
import { useFaceStatus } from "./state";

/** Who signed a letter: a guardian's id, `own`, or `other` with the name. */
interface Giver {
  who: string;
  givenBy: string;
  relationship: string;
}

export default function ConsentsScreen() {
  const { t } = useTranslation();
  const { school } = usePlace();
  if (school === null) return <EmptyState title={t("attendance.noSchool")}>{t("attendance.noSchoolText")}</EmptyState>;
  return <OfSchool school={school.id} today={school.today} />;
}

function OfSchool({ school, today }: { school: string; today: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const status = useFaceStatus(school);
  const [of, setOf] = useState<string | null>(null);
  const choices = useQuery({
    ...registersOfDay.query({ school, date: today }),
    select: ({ classes: all }) =>
      all
        .map((row) => ({ value: row.class, label: row.classTitle }))
        .toSorted((one, other) => byTitle(one.label, other.label)),
  });
  const chosen = of ?? choices.data?.[0]?.value;
  const list = useQuery({
    ...consentState.query({ school, class: chosen ?? null, offset: 0, limit: 500 }),
    enabled: chosen !== undefined,
  });
  const head = (
    <ScreenHead title={t("faces.letters.title")} about={t("faces.letters.about")}>
      <Button variant="default" onClick={() => void navigate({ to: "/faces" })}>
        {t("faces.letters.back")}
      </Button>
    </ScreenHead>
  );
  const failure = status.error ?? choices.error ?? list.error;
  if (status.data === undefined || choices.data === undefined)
    return <Screen head={head}>{failure === null ? <LoadingShape /> : <ErrorState error={failure} />}</Screen>;
  if (!status.data.on)
    return (
      <Screen head={head}>
        <Missing what="faces" />
      </Screen>
    );
  if (chosen === undefined)
    return (
      <Screen head={head}>
        <Missing what="classes" />
      </Screen>
    );
  // Who has agreed to the present wording, or does not want it, needs no letter.
  const open = list.data?.rows.filter((row) => row.objection === null && !(row.consent !== null && row.consentCurrent));
  return (
    <Screen head={head}>
      <Stack gap="md" maw={900}>
        <Select
          size="xs"
          w={180}
          searchable
          allowDeselect={false}
          label={t("faces.list.class")}
          data={choices.data}
          value={chosen}
          onChange={setOf}
        />
        {open === undefined &&
          (failure === null ? (
            <LoadingShape rows={10} />
          ) : (
            <ErrorState error={failure} onRetry={() => void list.refetch()} />
          ))}
        {open?.length === 0 && <EmptyState title={t("faces.letters.none")}>{t("faces.letters.noneText")}</EmptyState>}
        {open !== undefined && open.length > 0 && (
          <Letters
            key={chosen}
            school={school}
            today={today}
            wording={status.data.policyVersion}
            policy={status.data.policy}
            rows={open}
          />
        )}
      </Stack>
    </Screen>
  );
}

interface LettersProps {
  school: string;
  today: string;
  wording: string;
  policy: string;
  rows: readonly FaceState[];
}

function Letters({ school, today, wording, policy, rows }: LettersProps) {
  const { t } = useTranslation();
  const [ticked, setTicked] = useState<ReadonlyMap<string, Giver>>(new Map());
  const [day, setDay] = useState(today);
  const first = (row: FaceState): Giver => ({
    who: row.guardians[0]?.id ?? (row.mayConsent ? "own" : "other"),
    givenBy: "",
    relationship: "",
  });
  const put = (row: FaceState, giver: Giver | null) =>
    setTicked((now) => {
      const next = new Map(now);
      if (giver === null) next.delete(row.student);
      else next.set(row.student, giver);
      return next;
    });
  const chosen = rows.filter(({ student }) => ticked.has(student));
  const letters: ConsentLetter[] = chosen.flatMap(({ student }) => {
    const giver = ticked.get(student);
    return giver === undefined ? [] : [{ student, ...giverOf(giver) }];
  });
  const record = useMutation({
    mutationFn: () => recordConsents({ school, wordingVersion: wording, givenOn: day, letters }),
    onSuccess: ({ consents }) => {
      setTicked(new Map());
      offerUndo(t("faces.letters.recorded", { count: consents.length }), () => takeBackConsents({ school, consents }));
    },
  });
  const error = record.error === null ? null : asOperationError(record.error);
  /** What is wrong with a student's letter. */
  const wrong = (student: string) => {
    const place = chosen.findIndex((row) => row.student === student);
    return Object.entries(error?.fields ?? {})
      .filter(([field]) => place >= 0 && field.startsWith(`letters.${place}.`))
      .map(([, message]) => message)
      .join(" ");
  };
  const all = chosen.length === rows.length;
  return (
    <>
      <details>
        <summary>{t("faces.consent.version", { version: wording })}</summary>
        <div className={classes.wording}>{policy}</div>
      </details>
      <Group align="start">
        <DateField
          w={220}
          past
          withAsterisk
          label={t("faces.letters.day")}
          value={day}
          error={dayNeeded(day) ?? error?.fields.givenOn}
          onChange={setDay}
        />
        <Button
          mt={24}
          loading={record.isPending}
          disabled={letters.length === 0 || dayNeeded(day) !== null}
          onClick={() => record.mutate()}
        >
          {t("faces.letters.submit", { count: letters.length })}
        </Button>
      </Group>
      {error !== null && (
        <Alert color="wrong" role="alert" p="xs">
          {Object.keys(error.fields).some((field) => field.startsWith("letters."))
            ? t("faces.letters.look")
            : errorText(error)}{" "}
          {error.fields.wordingVersion}
        </Alert>
      )}
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={32}>
              <Checkbox
                aria-label={t("faces.letters.all")}
                checked={all}
                indeterminate={!all && chosen.length > 0}
                onChange={() =>
                  setTicked(
                    all ? new Map() : new Map(rows.map((row) => [row.student, ticked.get(row.student) ?? first(row)])),
                  )
                }
              />
            </Table.Th>
            <Table.Th>{t("faces.list.name")}</Table.Th>
            <Table.Th>{t("faces.letters.who")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => {
            const giver = ticked.get(row.student);
            const name = fullName(row);
            return (
              <Table.Tr key={row.student}>
                <Table.Td>
                  <Checkbox
                    aria-label={t("faces.letters.of", { name })}
                    checked={giver !== undefined}
                    onChange={(event) => put(row, event.currentTarget.checked ? first(row) : null)}
                  />
                </Table.Td>
                <Table.Td>
                  <PersonName person={row} />{" "}
                  <Text span size="xs" c="dimmed">
                    {row.number}
                  </Text>
                </Table.Td>
                <Table.Td>
                  {giver !== undefined && (
                    <Who row={row} giver={giver} error={wrong(row.student)} onChange={(next) => put(row, next)} />
                  )}
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </>
  );
}

function Who({
  row,
  giver,
  error,
  onChange,
}: {
  row: FaceState;
  giver: Giver;
  error: string;
  onChange: (giver: Giver) => void;
}) {
  const { t } = useTranslation();
  const name = fullName(row);
  const data = [
    ...row.guardians.map(({ id, name: guardian, relationship }) => ({
      value: id,
      label: `${guardian} (${relationship})`,
    })),
    ...(row.mayConsent ? [{ value: "own", label: t("faces.consent.self", { name }) }] : []),
    { value: "other", label: t("faces.consent.somebody") },
  ];
  return (
    <Group gap="xs" wrap="nowrap" align="start">
      <Select
        flex={1}
        size="xs"
        allowDeselect={false}
        aria-label={t("faces.letters.whoOf", { name })}
        data={data}
        value={giver.who}
        error={error === "" ? undefined : error}
        onChange={(who) => {
          if (who !== null) onChange({ ...giver, who });
        }}
      />
      {giver.who === "other" && (
        <>
          <TextInput
            flex={1}
            size="xs"
            maxLength={120}
            aria-label={t("faces.consent.name")}
            placeholder={t("faces.consent.name")}
            value={giver.givenBy}
            onChange={(event) => onChange({ ...giver, givenBy: event.currentTarget.value })}
          />
          <TextInput
            flex={1}
            size="xs"
            maxLength={60}
            aria-label={t("faces.consent.relationship")}
            placeholder={t("faces.consent.relationshipHint")}
            value={giver.relationship}
            onChange={(event) => onChange({ ...giver, relationship: event.currentTarget.value })}
          />
        </>
      )}
    </Group>
  );
}
