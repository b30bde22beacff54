// For leaders: the school at a glance; each figure opens what it was counted from.
import { Anchor, Table, Text, Title } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import type { LeaderToday } from "../../bindings/LeaderToday";
import { Figure } from "../../components/Figure";
import { Numeral } from "../../components/Numeral";
import { Signal } from "../../components/Signal";
import { useTranslation } from "../../i18n";
import { decimalsOf, formatFixed, formatNumber } from "../../numbers";
import classes from "./today.module.css";
import { byTitle } from "../../names";

export function Leader({ leader, isSchoolDay }: { leader: LeaderToday; isSchoolDay: boolean }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const days = new Map(leader.attendance.map(({ meaning, days: count }) => [meaning, count]));
  const count = (meaning: "present" | "late" | "absent" | "excused") => days.get(meaning) ?? 0;
  const there = count("present") + count("late");
  const marked = there + count("absent") + count("excused");
  const registers = leader.classes.filter(({ takenAt }) => takenAt !== null).length;
  const percent = (value: number, digits: number) => t("people.marks.percent", { value: formatFixed(value, digits) });
  // They come rounded as the school rounds.
  const digits = decimalsOf(leader.results.map(({ meanPercent }) => meanPercent));
  const absentees = () => void navigate({ to: "/attendance", search: { view: "absent" } });
  return (
    <>
      <section className={classes.wide}>
        <Title order={2} mb="xs">
          {t("today.glance.title")}
        </Title>
        <div className={classes.figures}>
          <Figure
            label={t("today.glance.students")}
            value={formatNumber(leader.students)}
            onOpen={() => void navigate({ to: "/students" })}
          />
          <Figure
            label={t("today.glance.attendance")}
            value={marked === 0 ? "–" : t("today.glance.of", { there: formatNumber(there), all: formatNumber(marked) })}
            note={
              !isSchoolDay && registers === 0
                ? t("today.noSchoolDay")
                : t("today.glance.registersOf", {
                    taken: registers,
                    count: leader.classes.filter(({ off }) => off === null).length,
                  })
            }
            onOpen={() => void navigate({ to: "/attendance" })}
          />
          <Figure
            label={t("today.glance.late")}
            value={marked === 0 ? "–" : formatNumber(count("late"))}
            onOpen={() => void navigate({ to: "/attendance" })}
          />
          <Figure
            label={t("today.glance.absent")}
            value={marked === 0 ? "–" : formatNumber(count("absent") + count("excused"))}
            onOpen={absentees}
          />
        </div>
      </section>
      <section>
        <Title order={2} mb="xs">
          {t("today.glance.byClass")}
        </Title>
        {!isSchoolDay && (
          <Text size="sm" c="dimmed" mb="xs">
            {t("today.registers.offStill")}
          </Text>
        )}
        <div className={classes.scroll}>
          <Table stickyHeader>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("today.glance.class")}</Table.Th>
                <Table.Th ta="end">{t("today.glance.present")}</Table.Th>
                <Table.Th ta="end">{t("today.glance.late")}</Table.Th>
                <Table.Th ta="end">{t("today.glance.absent")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {inOrder(leader.classes).map((one) => (
                <Table.Tr key={one.class}>
                  <Table.Td>
                    <Anchor
                      component="button"
                      type="button"
                      size="sm"
                      onClick={() => void navigate({ to: `/attendance/${one.class}` })}
                    >
                      {one.title}
                    </Anchor>
                  </Table.Td>
                  {one.takenAt === null ? (
                    <Table.Td colSpan={3} ta="end">
                      {isSchoolDay ? (
                        <Signal tone="neutral">{t("today.glance.notTaken")}</Signal>
                      ) : (
                        <Text size="sm" c="dimmed">
                          –
                        </Text>
                      )}
                    </Table.Td>
                  ) : (
                    <>
                      <Table.Td ta="end">
                        {t("today.glance.of", { there: one.present + one.late, all: one.students })}
                      </Table.Td>
                      <Table.Td ta="end">{one.late}</Table.Td>
                      <Table.Td ta="end">{one.absent + one.excused}</Table.Td>
                    </>
                  )}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      </section>
      <section>
        <Title order={2} mb="xs">
          {t("today.glance.results")}
        </Title>
        {leader.results.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t("today.glance.noMarks")}
          </Text>
        ) : (
          <div className={classes.scroll}>
            <Table stickyHeader>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t("today.glance.class")}</Table.Th>
                  <Table.Th ta="end">{t("today.glance.mean")}</Table.Th>
                  <Table.Th ta="end">{t("today.glance.pass")}</Table.Th>
                  <Table.Th ta="end">{t("today.glance.marks")}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {inOrder(leader.results).map((one) => (
                  <Table.Tr key={one.class}>
                    <Table.Td>
                      <Anchor
                        component="button"
                        type="button"
                        size="sm"
                        onClick={() => void navigate({ to: "/analytics", search: { class: one.class } })}
                      >
                        {one.title}
                      </Anchor>
                    </Table.Td>
                    <Table.Td ta="end">
                      <Numeral>{percent(one.meanPercent, digits)}</Numeral>
                    </Table.Td>
                    <Table.Td ta="end">
                      <Numeral>{percent(100 * one.passShare, 1)}</Numeral>
                    </Table.Td>
                    <Table.Td ta="end">{formatNumber(one.marks)}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
        )}
      </section>
    </>
  );
}

/** Classes as people count them: 6A before 10A. */
function inOrder<Row extends { title: string }>(rows: readonly Row[]): Row[] {
  return rows.toSorted((one, other) => byTitle(one.title, other.title));
}
