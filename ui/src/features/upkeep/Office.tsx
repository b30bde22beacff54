// For the office: who is absent and not explained, registers that are missing, the newest changes.
import { Anchor, Button, Group, Table, Text, Title } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import type { ChangeEntry } from "../../bindings/ChangeEntry";
import type { OfficeToday } from "../../bindings/OfficeToday";
import { PersonName } from "../../components/PersonName";
import { Reason } from "../../components/Reason";
import { Signal } from "../../components/Signal";
import { named, useTranslation } from "../../i18n";
import { formatMoment } from "../../numbers";
import { TransfersWaiting } from "../people/transfers/TransfersWaiting";
import classes from "./today.module.css";

/** Where one row of a table is looked at. */
const places: Record<string, string> = { students: "/students", staff: "/staff", classes: "/classes" };

export function Office({
  office,
  date,
  isSchoolDay,
}: {
  office: OfficeToday /** `YYYY-MM-DD` */;
  date: string;
  isSchoolDay: boolean;
}) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <>
      <section className={classes.absent}>
        <Group justify="space-between" mb="xs">
          <Title order={2}>{t("today.absent.title")}</Title>
          <Group gap="xs">
            <TransfersWaiting />
            <Button variant="subtle" onClick={() => void navigate({ to: "/attendance", search: { view: "absent" } })}>
              {t("today.absent.all")}
            </Button>
          </Group>
        </Group>
        {office.unexplained.length === 0 ? (
          office.registersTaken > 0 ? (
            <Signal tone="good">{t("today.absent.none")}</Signal>
          ) : (
            <Text size="sm" c="dimmed">
              {isSchoolDay ? t("today.absent.noRegister") : t("today.registers.off")}
            </Text>
          )
        ) : (
          <div className={classes.scroll}>
            <Table stickyHeader>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t("today.absent.student")}</Table.Th>
                  <Table.Th>{t("today.absent.class")}</Table.Th>
                  <Table.Th>{t("today.absent.guardian")}</Table.Th>
                  <Table.Th>{t("today.absent.phone")}</Table.Th>
                  <Table.Th>{t("attendance.absent.reason")}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {office.unexplained.map((one) => (
                  <Table.Tr key={`${one.student}-${one.class}`}>
                    <Table.Td>
                      <Anchor
                        component="button"
                        type="button"
                        size="sm"
                        onClick={() => void navigate({ to: `/students/${one.student}` })}
                      >
                        <PersonName person={one} />
                      </Anchor>
                    </Table.Td>
                    <Table.Td>{one.classTitle}</Table.Td>
                    <Table.Td>
                      <bdi>{one.guardianName ?? "–"}</bdi>
                    </Table.Td>
                    <Table.Td>
                      <span dir="ltr" className="figures" style={{ userSelect: "all" }}>
                        {one.guardianPhone ?? "–"}
                      </span>
                    </Table.Td>
                    <Table.Td>
                      <Reason
                        name={`${one.givenName} ${one.familyName}`}
                        reason={null}
                        cell={{
                          class: one.class,
                          date,
                          lesson: 0,
                          student: one.student,
                          code: one.codeId,
                          version: one.version,
                        }}
                      />
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
        )}
      </section>
      <section>
        <Title order={2} mb="xs">
          {t("today.registers.title")}
        </Title>
        {!isSchoolDay && (
          <Text size="sm" c="dimmed">
            {t("today.registers.off")}
          </Text>
        )}
        {isSchoolDay &&
          office.registersMissing.length === 0 &&
          (office.registersTaken === 0 ? (
            <Text size="sm" c="dimmed">
              {t("today.registers.noClass")}
            </Text>
          ) : (
            <Signal tone="good">{t("today.registers.none")}</Signal>
          ))}
        <ul className={`${classes.lines} ${classes.scroll}`}>
          {isSchoolDay &&
            office.registersMissing.map((one) => (
              <li key={one.class}>
                <span className={classes.line}>
                  <strong>{one.title}</strong>
                  <span className={classes.muted}>{t("today.classes.count", { count: one.students })}</span>
                </span>
                <Button
                  variant="default"
                  aria-label={t("today.classes.openOf", { class: one.title })}
                  onClick={() => void navigate({ to: `/attendance/${one.class}` })}
                >
                  {t("today.classes.open")}
                </Button>
              </li>
            ))}
        </ul>
      </section>
      <section className={classes.changes}>
        <Title order={2} mb="xs">
          {t("today.changes.title")}
        </Title>
        {office.changes.length === 0 && (
          <Text size="sm" c="dimmed">
            {t("today.changes.none")}
          </Text>
        )}
        <ul className={`${classes.lines} ${classes.scroll}`}>
          {office.changes.map((entry) => (
            <Change key={entry.entry} entry={entry} />
          ))}
        </ul>
      </section>
    </>
  );
}

function Change({ entry }: { entry: ChangeEntry }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const name = named("today.operations", entry.operation) ?? entry.operation.replace(/^.*\./, "").replaceAll("_", " ");
  const rows = entry.changed.find(({ table }) => table in places);
  const words =
    rows !== undefined && rows.rows > 1 ? t("today.changes.more", { operation: name, rows: rows.rows }) : name;
  const path = rows?.row === null || rows === undefined ? null : `${places[rows.table]}/${rows.row}`;
  return (
    <li>
      <span>
        {path === null ? (
          words
        ) : (
          <Anchor component="button" type="button" size="sm" onClick={() => void navigate({ to: path })}>
            {words}
          </Anchor>
        )}
        {entry.undone && <span className={classes.muted}> · {t("today.changes.undone")}</span>}
      </span>
      <Text size="xs" c="dimmed">
        <bdi>
          {t("today.changes.by", { who: entry.userName ?? t("today.changes.homeroom"), when: formatMoment(entry.at) })}
        </bdi>
      </Text>
    </li>
  );
}
