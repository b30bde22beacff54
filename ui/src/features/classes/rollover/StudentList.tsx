// Students of a homeroom, or all for whom nothing is planned, with what becomes of each; one or several are decided about.
import { Button, Checkbox, Select, Table, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { decideRolloverStudents, rolloverStudents } from "../../../bindings/operations";
import type { RolloverPlan } from "../../../bindings/RolloverPlan";
import type { RolloverStudent } from "../../../bindings/RolloverStudent";
import { change } from "../../../components/change";
import { Signal } from "../../../components/Signal";
import { EmptyState, ErrorState, LoadingShape } from "../../../components/states";
import { useTranslation } from "../../../i18n";
import { fullName } from "../../../names";
import { StudentLink } from "../StudentLink";
import { type Decision, ownDecision, saidOfStudents, studentChoices, valueFor } from "./outcomes";
import { OutcomeSelect } from "./OutcomeSelect";
import classes from "./rollover.module.css";

const pageSize = 100;
const parts = ["everybody", "otherwise", "unresolved"] as const;
type Part = (typeof parts)[number];

interface StudentListProps {
  school: string;
  from: string;
  to: string;
  plan: RolloverPlan;
  /** The homeroom; all for whom nothing is planned where it is null. */
  home: string | null;
}

export function StudentList({ school, from, to, plan, home }: StudentListProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const [search] = useDebouncedValue(typed.trim(), 120);
  const [part, setPart] = useState<Part>("everybody");
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const ask = {
    school,
    from,
    to,
    class: home,
    unresolved: home === null || part === "unresolved",
    otherwise: home !== null && part === "otherwise",
    search,
  };
  const list = useInfiniteQuery({
    ...rolloverStudents.about(ask, "list"),
    queryFn: ({ pageParam }) => rolloverStudents({ ...ask, offset: pageParam, limit: pageSize }),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const loaded = pages.reduce((sum, { rows }) => sum + rows.length, 0);
      return loaded < last.total && last.rows.length > 0 ? loaded : undefined;
    },
    placeholderData: keepPreviousData,
  });
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  const total = list.data?.pages.at(-1)?.total ?? 0;
  const open = rows.filter(({ done }) => !done);
  // Who is decided about meanwhile, or found no more, is chosen no more.
  const here = open.filter(({ student }) => chosen.includes(student));
  const decide = (students: readonly RolloverStudent[], decision: Decision) => {
    const name = students.length === 1 && students[0] !== undefined ? fullName(students[0]) : null;
    return change(
      () => decideRolloverStudents({ school, to, students: students.map(({ student }) => student), ...decision }),
      saidOfStudents(name, students.length, decision),
    );
  };
  const homeOf = (row: Pick<RolloverStudent, "class">) =>
    row.class === null ? undefined : plan.classes.find((one) => one.class === row.class);
  const [first] = here;
  const together = first !== undefined && here.every((row) => row.class === first.class) ? homeOf(first) : undefined;
  return (
    <>
      <div className={classes.bar}>
        <TextInput
          size="xs"
          className={classes.search}
          leftSection={<IconSearch size="0.875rem" />}
          placeholder={t("classes.rollover.students.search")}
          aria-label={t("classes.rollover.students.search")}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {home !== null && (
          <Select
            size="xs"
            w={160}
            allowDeselect={false}
            aria-label={t("classes.rollover.students.shown")}
            value={part}
            onChange={(next) => setPart(next ?? "everybody")}
            data={parts.map((value) => ({ value, label: t(`classes.rollover.students.${value}`) }))}
          />
        )}
        <Text size="xs" c="dimmed" role="status">
          {here.length > 0
            ? t("classes.students.chosen", { count: here.length })
            : list.data !== undefined && t("common.list.count", { count: total })}
        </Text>
        {here.length > 0 && (
          <OutcomeSelect
            label={t("classes.rollover.students.decideAll")}
            placeholder={t("classes.rollover.students.decideAll")}
            choices={studentChoices(together, plan, { nothing: t("classes.rollover.choice.asTheirClass") })}
            value={null}
            onDecide={(decision) =>
              void decide(here, decision).then((decided) => {
                if (decided) setChosen([]);
              })
            }
          />
        )}
      </div>
      {list.data === undefined &&
        (list.error === null ? (
          <LoadingShape rows={10} />
        ) : (
          <ErrorState error={list.error} onRetry={() => void list.refetch()} />
        ))}
      {list.data !== undefined && rows.length === 0 && <Nobody search={search} part={home === null ? null : part} />}
      {rows.length > 0 && (
        <Table layout="fixed" aria-busy={list.isPlaceholderData}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={32}>
                <Checkbox
                  size="xs"
                  aria-label={t("classes.students.all")}
                  disabled={open.length === 0}
                  checked={open.length > 0 && here.length === open.length}
                  indeterminate={here.length > 0 && here.length < open.length}
                  onChange={(event) => setChosen(event.currentTarget.checked ? open.map(({ student }) => student) : [])}
                />
              </Table.Th>
              <Table.Th>{t("classes.students.name")}</Table.Th>
              {home === null && <Table.Th w="5.5rem">{t("classes.list.name")}</Table.Th>}
              <Table.Th w="13rem">{t("classes.rollover.becomes")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={row.student}>
                <Table.Td>
                  <Checkbox
                    size="xs"
                    aria-label={t("classes.students.choose", { name: fullName(row) })}
                    disabled={row.done}
                    checked={!row.done && chosen.includes(row.student)}
                    onChange={(event) =>
                      setChosen(
                        event.currentTarget.checked
                          ? [...chosen, row.student]
                          : chosen.filter((other) => other !== row.student),
                      )
                    }
                  />
                </Table.Td>
                <Table.Td className={classes.who}>
                  <StudentLink student={row} />{" "}
                  <Text span size="xs" c="dimmed">
                    <bdi>{row.number}</bdi>
                  </Text>
                </Table.Td>
                {home === null && (
                  <Table.Td>
                    <bdi className="name" style={{ display: "block" }} title={row.classTitle ?? ""}>
                      {row.classTitle}
                    </bdi>
                  </Table.Td>
                )}
                <Table.Td>
                  {row.done ? (
                    <Signal tone="good">{t("classes.rollover.students.done")}</Signal>
                  ) : (
                    <Becomes
                      row={row}
                      own={ownDecision(row)}
                      choices={studentChoices(homeOf(row), plan, { own: ownDecision(row) })}
                      onDecide={(decision) => void decide([row], decision)}
                    />
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {list.hasNextPage && (
        <Button variant="subtle" mt="xs" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("classes.rollover.students.more", { count: total - rows.length })}
        </Button>
      )}
    </>
  );
}

interface BecomesProps {
  row: RolloverStudent;
  own: Decision;
  choices: ReturnType<typeof studentChoices>;
  onDecide: (decision: Decision) => void;
}

function Becomes({ row, own, choices, onDecide }: BecomesProps) {
  const { t } = useTranslation();
  return (
    <>
      <OutcomeSelect
        label={t("classes.rollover.becomesOf", { who: fullName(row) })}
        placeholder={t("classes.rollover.choose")}
        choices={choices}
        value={valueFor(own)}
        onDecide={onDecide}
      />
      {row.unresolved !== null && (
        <span className={classes.reason}>
          <Signal tone="attention">{t(`classes.rollover.reason.${row.unresolved}`, { class: row.to ?? "" })}</Signal>
        </span>
      )}
    </>
  );
}

function Nobody({ search, part }: { search: string; part: Part | null }) {
  const { t } = useTranslation();
  if (search !== "") return <EmptyState title={t("common.nothingFound", { query: search })} />;
  if (part === null)
    return (
      <EmptyState title={t("classes.rollover.students.noneUnresolved")}>
        {t("classes.rollover.students.noneUnresolvedText")}
      </EmptyState>
    );
  return (
    <EmptyState
      title={t(
        part === "everybody"
          ? "classes.students.none"
          : part === "otherwise"
            ? "classes.rollover.students.noneOtherwise"
            : "classes.rollover.students.noneUnresolved",
      )}
    />
  );
}
