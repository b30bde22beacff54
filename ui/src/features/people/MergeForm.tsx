// Two records of one student become one: side by side what each holds, field by field whose value stands, and which of
// two entries for the same thing.
import { Alert, Button, Group, Radio, Stack, Table, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { MergeChoice } from "../../bindings/MergeChoice";
import type { MergeField } from "../../bindings/MergeField";
import type { MergePlan } from "../../bindings/MergePlan";
import type { MergeRecord } from "../../bindings/MergeRecord";
import { alikeStudents, mergeStudents, planMerge } from "../../bindings/operations";
import type { StudentDetails } from "../../bindings/StudentDetails";
import type { StudentField } from "../../bindings/StudentField";
import { change } from "../../components/change";
import { Dialog } from "../../components/Dialog";
import { ErrorState, LoadingShape } from "../../components/states";
import { useTranslation } from "../../i18n";
import { fullName, listName } from "../../names";
import { formatDay, formatSchoolDay } from "../../numbers";
import { say } from "../../words";
import { classesInShort } from "../classes/kinds";
import { StudentChoice } from "../upkeep/StudentChoice";
import classes from "./people.module.css";

interface MergeFormProps {
  school: string;
  kept: string;
  other: string;
  onClose: () => void;
  onDone: (kept: string) => void;
}

export function MergeForm({ school, onClose, onDone, ...first }: MergeFormProps) {
  const { t } = useTranslation();
  const [{ kept, other }, setPair] = useState({ kept: first.kept, other: first.other });
  const plan = useQuery({ ...planMerge.query({ school, kept, other }) });
  const swap = () => setPair({ kept: other, other: kept });
  return (
    <Dialog plain title={t("people.merge.title")} size="xl" onClose={onClose}>
      {plan.data !== undefined ? (
        <Plan
          key={`${kept} ${plan.dataUpdatedAt}`}
          school={school}
          plan={plan.data}
          onSwap={swap}
          onClose={onClose}
          onDone={onDone}
        />
      ) : plan.error !== null ? (
        <ErrorState error={plan.error} onRetry={() => void plan.refetch()} />
      ) : (
        <LoadingShape rows={8} />
      )}
    </Dialog>
  );
}

interface PlanProps {
  school: string;
  plan: MergePlan;
  onSwap: () => void;
  onClose: () => void;
  onDone: (kept: string) => void;
}

function Plan({ school, plan, onSwap, onClose, onDone }: PlanProps) {
  const { t } = useTranslation();
  const [take, setTake] = useState<readonly StudentField[]>([]);
  const [rows, setRows] = useState<readonly string[]>([]);
  const [pending, setPending] = useState(false);
  const { kept, other, fields, choices, inTheWay } = plan;
  const differ = fields.filter((one) => one.kept !== null && one.other !== null && one.kept !== one.other);
  const filled = fields.filter((one) => one.kept === null);
  const merge = async () => {
    setPending(true);
    const input = { school, kept: kept.id, keptVersion: kept.version, other: other.id, otherVersion: other.version };
    const done = await change(
      () => mergeStudents({ ...input, take: [...take], rows: [...rows] }),
      t("people.merge.done", { name: fullName(kept) }),
    );
    setPending(false);
    if (done) onDone(kept.id);
  };
  return (
    <Stack gap="sm">
      {inTheWay.map(({ message, help }) => (
        <Alert key={say(message)} color="wrong" role="alert" p="xs">
          {say(message)} {say(help)}
        </Alert>
      ))}
      <Records kept={kept} other={other} />
      {differ.length > 0 && <Fields differ={differ} kept={kept} other={other} take={take} onTake={setTake} />}
      {filled.length > 0 && (
        <Text size="sm" c="dimmed">
          {t("people.merge.filled", {
            fields: filled.map(({ field }) => t(`people.merge.fields.${field}`)).join(", "),
          })}
        </Text>
      )}
      {choices.length > 0 && <Choices choices={choices} rows={rows} onRows={setRows} />}
      <Text size="sm" c="dimmed">
        {t("people.merge.what")}
      </Text>
      <Group justify="space-between" mt="xs">
        <Button variant="subtle" px={0} onClick={onSwap}>
          {t("people.merge.swap")}
        </Button>
        <Group gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button disabled={inTheWay.length > 0} loading={pending} onClick={() => void merge()}>
            {t("people.merge.submit")}
          </Button>
        </Group>
      </Group>
    </Stack>
  );
}

/** What each of the two holds. */
function Records({ kept, other }: { kept: MergeRecord; other: MergeRecord }) {
  const { t } = useTranslation();
  const kinds = [...new Set([...kept.holds, ...other.holds].map(({ what }) => what))];
  const held = ({ holds }: MergeRecord, kind: string) => holds.find(({ what }) => what === kind)?.rows ?? 0;
  const about = (record: MergeRecord) =>
    [
      t("people.student.number", { number: record.number }),
      classesInShort(record.classes),
      record.status === "active" ? "" : t(`people.status.${record.status}`),
    ]
      .filter((part) => part !== "")
      .join(" · ");
  return (
    <Table verticalSpacing={4} fz="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Td />
          <Table.Th scope="col">{t("people.merge.kept")}</Table.Th>
          <Table.Th scope="col">{t("people.merge.other")}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        <Table.Tr>
          <Table.Th scope="row">{t("people.merge.record")}</Table.Th>
          {[kept, other].map((record) => (
            <Table.Td key={record.id}>
              <bdi>{listName(record)}</bdi>
              <span className={classes.days}>{about(record)}</span>
            </Table.Td>
          ))}
        </Table.Tr>
        {kinds.map((kind) => (
          <Table.Tr key={kind}>
            <Table.Th scope="row">{t(`people.merge.holds.${kind}`)}</Table.Th>
            <Table.Td className="figures">{held(kept, kind)}</Table.Td>
            <Table.Td className="figures">{held(other, kind)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

interface FieldsProps {
  differ: readonly MergeField[];
  kept: MergeRecord;
  other: MergeRecord;
  take: readonly StudentField[];
  onTake: (take: readonly StudentField[]) => void;
}

function Fields({ differ, take, onTake }: FieldsProps) {
  const { t } = useTranslation();
  const shown = (field: StudentField, value: string | null) =>
    field === "birth_date" && value !== null ? formatDay(value) : (value ?? "");
  return (
    <section aria-label={t("people.merge.differ")}>
      <Title order={3} size="sm" mb={4}>
        {t("people.merge.differ")}
      </Title>
      {differ.map(({ field, kept, other }) => (
        <Either
          key={field}
          label={t(`people.merge.fields.${field}`)}
          kept={shown(field, kept)}
          other={shown(field, other)}
          taken={take.includes(field)}
          onTake={(taken) => onTake(taken ? [...take, field] : take.filter((one) => one !== field))}
        />
      ))}
    </section>
  );
}

function Choices({
  choices,
  rows,
  onRows,
}: {
  choices: readonly MergeChoice[];
  rows: readonly string[];
  onRows: (rows: readonly string[]) => void;
}) {
  const { t } = useTranslation();
  const about = ({ what, place, day }: MergeChoice) =>
    [t(`people.merge.holds.${what}`), day === null ? null : formatSchoolDay(day), place]
      .filter((part) => part !== null && part !== "")
      .join(" · ");
  return (
    <section aria-label={t("people.merge.twice")}>
      <Group justify="space-between" mb={4}>
        <Title order={3} size="sm">
          {t("people.merge.twice")}
        </Title>
        <Group gap="xs">
          <Button size="compact-xs" variant="subtle" onClick={() => onRows([])}>
            {t("people.merge.allKept")}
          </Button>
          <Button size="compact-xs" variant="subtle" onClick={() => onRows(choices.map(({ row }) => row))}>
            {t("people.merge.allOther")}
          </Button>
        </Group>
      </Group>
      {choices.map((choice) => (
        <Either
          key={choice.row}
          label={about(choice)}
          kept={choice.kept}
          other={choice.other}
          taken={rows.includes(choice.row)}
          onTake={(taken) => onRows(taken ? [...rows, choice.row] : rows.filter((one) => one !== choice.row))}
        />
      ))}
    </section>
  );
}

interface EitherProps {
  label: string;
  kept: string;
  other: string;
  /** Whether the other record's stands. */
  taken: boolean;
  onTake: (taken: boolean) => void;
}

/** One of two values stands. */
function Either({ label, kept, other, taken, onTake }: EitherProps) {
  return (
    <Radio.Group
      label={label}
      value={taken ? "other" : "kept"}
      onChange={(value) => onTake(value === "other")}
      className={classes.either ?? ""}
    >
      <Group grow align="start" gap="md" wrap="nowrap">
        <Radio size="xs" value="kept" label={<bdi>{kept}</bdi>} />
        <Radio size="xs" value="other" label={<bdi>{other}</bdi>} />
      </Group>
    </Radio.Group>
  );
}

interface MergeWithProps {
  student: StudentDetails;
  /** The other record, where it is known already. */
  other: string | null;
  onClose: () => void;
  onDone: (kept: string) => void;
}

/** A record to be merged with this one: one of those that are alike, or any that is found by name. */
export function MergeWith({ student, other, onClose, onDone }: MergeWithProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState(other);
  const { school, givenName, familyName, birthDate, id } = student;
  const alike = useQuery({
    ...alikeStudents.query({ school, givenName, familyName, birthDate, besides: id }),
    enabled: chosen === null,
  });
  if (chosen !== null) return <MergeForm school={school} kept={id} other={chosen} onClose={onClose} onDone={onDone} />;
  const offered = (alike.data ?? []).filter(({ deleted }) => !deleted);
  return (
    <Dialog plain title={t("people.merge.with", { name: fullName(student) })} onClose={onClose}>
      <Stack gap="sm">
        {offered.length > 0 && (
          <>
            <Text size="sm">{t("people.merge.alike")}</Text>
            {offered.map((one) => (
              <Button key={one.id} variant="default" justify="start" onClick={() => setChosen(one.id)}>
                <bdi>{listName(one)}</bdi> · {one.number}
              </Button>
            ))}
          </>
        )}
        <StudentChoice
          school={school}
          student={null}
          label={t("people.merge.find")}
          onChange={(found) => setChosen(found === id ? null : found)}
        />
      </Stack>
    </Dialog>
  );
}
