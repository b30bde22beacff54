// A field changed in many rows: it says before for how many and from what, and after what was left as it was.
import { Alert, Autocomplete, Button, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { RowOutcome } from "../../bindings/RowOutcome";
import type { ColumnInfo } from "../../bindings/ColumnInfo";
import type { FieldPlan } from "../../bindings/FieldPlan";
import type { ListName } from "../../bindings/ListName";
import type { ListOf } from "../../bindings/ListOf";
import type { OwnColumn } from "../../bindings/OwnColumn";
import { changeField, planChange, studentValues, type OperationName } from "../../bindings/operations";
import { asOperationError } from "../../bridge";
import { said } from "../../components/change";
import { Dialog } from "../../components/Dialog";
import { errorText, useTranslation } from "../../i18n";
import { useSession } from "../../session/session";
import { say } from "../../words";
import { useStaffChoices } from "../classes/ask";
import { OwnInput, ownText, ownValue } from "../people/ownInput";
import classes from "./lists.module.css";

/** The fields that every school has and that are changed for many; their names are those of the list's columns. */
const usual: Record<ListName, readonly string[]> = {
  students: ["gradeLevel", "sex"],
  guardians: [],
  staff: ["jobTitle"],
  classes: ["teacher", "places", "room", "gradeLevel"],
  courses: [],
  users: [],
};
/** Who changes these for one, changes them for many. */
const changedBy: Partial<Record<ListName, OperationName>> = {
  students: "people.save_student",
  staff: "people.save_staff",
  classes: "classes.save_class",
};

/** The columns whose field whoever is signed in changes for many. */
export function useChangeable(list: ListName, known: readonly ColumnInfo[]): readonly string[] {
  const { may } = useSession();
  if (!may("lists.change_field")) return [];
  const operation = changedBy[list];
  const own = known.filter((column) => column.own?.mayChange === true).map(({ id }) => id);
  return [...(operation !== undefined && may(operation) ? usual[list] : []), ...own];
}

/** So many rows are named before the rest is counted. */
const named = 5;

interface ChangeFieldProps {
  school: string;
  of: ListOf;
  search: string;
  /** Those that were chosen; null: all that the list shows. */
  rows: readonly string[] | null;
  known: readonly ColumnInfo[];
  onClose: () => void;
  onDone: () => void;
}

export function ChangeField({ school, of, search, rows, known, onClose, onDone }: ChangeFieldProps) {
  const { t } = useTranslation();
  const fields = useChangeable(of.list, known);
  const [field, setField] = useState(fields[0] ?? "");
  const [value, setValue] = useState<string | null>(null);
  const own = known.find((column) => column.id === field)?.own ?? null;
  const meant = own === null ? (value?.trim() ?? "") : (ownValue(own.kind, value ?? "") ?? "");
  const [asked] = useDebouncedValue(meant === "" ? null : meant, 200);
  const [left, setLeft] = useState<readonly RowOutcome[]>([]);
  const plan = useQuery({
    ...planChange.query({ school, of, search, rows: rows === null ? null : [...rows], field, value: asked }),
    retry: false,
  });
  const work = useMutation({
    mutationFn: (found: FieldPlan) =>
      changeField({
        school,
        list: of.list,
        field,
        value: asked,
        rows: found.rows.map(({ id, version }) => ({ id, version })),
      }),
    onSuccess: ({ rows: done, undo }) => {
      const others = done.filter(({ outcome }) => outcome.outcome !== "saved");
      said(t("lists.change.done", { count: done.length - others.length }), undo);
      if (others.length === 0) onDone();
      else setLeft(others);
    },
  });
  const title = t("lists.change.title");
  if (left.length > 0)
    return (
      <Dialog plain title={title} onClose={onDone}>
        <Stack gap="sm">
          <Text size="sm">{t("lists.change.left", { count: left.length })}</Text>
          <ul className={classes.plan}>
            {left.map((row) => (
              <li key={row.id}>
                <bdi>{whyLeft(row, t)}</bdi>
              </li>
            ))}
          </ul>
          <Group justify="end">
            <Button onClick={onDone}>{t("common.close")}</Button>
          </Group>
        </Stack>
      </Dialog>
    );
  const failure = work.error ?? plan.error;
  const count = plan.data?.rows.length ?? 0;
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (plan.data !== undefined && !plan.isFetching && count > 0) work.mutate(plan.data);
        }}
      >
        <Stack gap="sm">
          {failure !== null && (
            <Alert color="wrong" role="alert" p="xs">
              {[errorText(failure), ...Object.values(asOperationError(failure).fields)].join(" ")}
            </Alert>
          )}
          <Select
            label={t("lists.change.field")}
            allowDeselect={false}
            data={fields.map((id) => ({ value: id, label: say(known.find((column) => column.id === id)?.head) }))}
            value={field}
            onChange={(next) => {
              setField(next ?? field);
              setValue(null);
            }}
          />
          <Value school={school} list={of.list} field={field} own={own} value={value} onChange={setValue} />
          <Plan plan={plan.data} own={own} />
          <Group justify="end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t("common.cancel")}
            </Button>
            <Button type="submit" loading={work.isPending} disabled={plan.isFetching || count === 0}>
              {t("lists.change.submit", { count })}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

/** Why a row was left as it was. */
function whyLeft({ name, outcome }: RowOutcome, t: ReturnType<typeof useTranslation>["t"]): string {
  const of = name ?? t("lists.change.goneRow");
  return outcome.outcome === "refused"
    ? t("lists.change.refused", { name: of, why: say(outcome.message) })
    : t("lists.change.conflict", { name: of });
}

/** What would become of how many, with the first by name. */
function Plan({ plan, own }: { plan: FieldPlan | undefined; own: OwnColumn | null }) {
  const { t } = useTranslation();
  if (plan === undefined) return null;
  const { rows, same } = plan;
  return (
    <div role="status">
      <Text size="sm">
        {[
          rows.length === 0 ? t("lists.change.nobody") : t("lists.change.changes", { count: rows.length }),
          ...(same > 0 && rows.length > 0 ? [t("lists.change.same", { count: same })] : []),
        ].join(" ")}
      </Text>
      <ul className={classes.plan}>
        {rows.slice(0, named).map(({ id, name, now }) => (
          <li key={id}>
            <bdi>
              {now === null
                ? t("lists.change.fromNothing", { name })
                : t("lists.change.from", { name, now: own === null ? now : ownText(own.kind, now) })}
            </bdi>
          </li>
        ))}
        {rows.length > named && <li>{t("lists.change.more", { count: rows.length - named })}</li>}
      </ul>
    </div>
  );
}

interface ValueProps {
  school: string;
  list: ListName;
  field: string;
  own: OwnColumn | null;
  value: string | null;
  onChange: (value: string | null) => void;
}

function Value({ school, list, field, own, value, onChange }: ValueProps) {
  const { t } = useTranslation();
  const shared = { label: t("lists.change.value"), placeholder: t("lists.change.empty"), "data-autofocus": true };
  const staff = useStaffChoices();
  const known = useQuery({ ...studentValues.query({ school }), enabled: list === "students" });
  if (own !== null)
    return (
      <OwnInput
        key={field}
        kind={own.kind}
        choices={own.choices}
        description={own.help}
        label={shared.label}
        value={value ?? ""}
        onChange={onChange}
      />
    );
  if (field === "teacher")
    return <Select {...shared} searchable clearable data={staff} value={value} onChange={onChange} />;
  if (list === "students")
    return (
      <Autocomplete
        {...shared}
        data={(field === "sex" ? known.data?.sexes : known.data?.gradeLevels) ?? []}
        value={value ?? ""}
        onChange={onChange}
      />
    );
  return (
    <TextInput
      {...shared}
      inputMode={field === "places" ? "numeric" : "text"}
      value={value ?? ""}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
