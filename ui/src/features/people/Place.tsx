// A student's place at the school: when the student came, moved, was away and left, newest first, each time with a way
// to put it right.
import { Button, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { StudentDetails } from "../../bindings/StudentDetails";
import { t, useTranslation } from "../../i18n";
import { fullName } from "../../names";
import { formatDay } from "../../numbers";
import { useSession } from "../../session/session";
import { ChangeLeave } from "./ChangeLeave";
import { CorrectStay } from "./CorrectStay";
import classes from "./people.module.css";
import { placeHistory, type PlaceEntry } from "./placeHistory";

export function Place({ student }: { student: StudentDetails }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const [form, setForm] = useState<{ kind: "stay" | "leave"; id: string } | null>(null);
  const mayCorrect = may("people.correct_stay") && student.deletedAt === null;
  const mayChange = may("people.change_leave") && student.deletedAt === null;
  const entries = placeHistory(student);
  const close = () => setForm(null);
  const name = fullName(student);
  return (
    <section>
      <Title order={3} mb={4}>
        {t("people.place.title")}
      </Title>
      {entries.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("people.place.none")}
        </Text>
      )}
      <ol className={classes.lines} reversed>
        {entries.map((entry) => {
          const { what, days, reason } = words(entry);
          return (
            <li key={entry.id}>
              <span className={classes.entry}>
                <bdi>{what}</bdi>
                {reason !== null && (
                  <bdi dir="auto" className={classes.reason}>
                    {reason}
                  </bdi>
                )}
                <span className={classes.days}>{days}</span>
              </span>
              {mayCorrect && (entry.kind === "left" || (entry.kind === "came" && entry.stay.lastDay === null)) && (
                <Button
                  variant="default"
                  flex="none"
                  aria-label={t("people.place.correctOf", { day: formatDay(entry.stay.firstDay) })}
                  onClick={() => setForm({ kind: "stay", id: entry.stay.id })}
                >
                  {t("people.place.correct")}
                </Button>
              )}
              {mayChange && entry.kind === "leave" && (
                <Button
                  variant="default"
                  flex="none"
                  aria-label={t("people.place.changeOf", { day: formatDay(entry.leave.firstDay) })}
                  onClick={() => setForm({ kind: "leave", id: entry.leave.id })}
                >
                  {t("people.place.change")}
                </Button>
              )}
            </li>
          );
        })}
      </ol>
      {form?.kind === "stay" && (
        <CorrectStay stay={student.stays.find(({ id }) => id === form.id)} name={name} onClose={close} />
      )}
      {form?.kind === "leave" && (
        <ChangeLeave leave={student.leaves.find(({ id }) => id === form.id)} name={name} onClose={close} />
      )}
    </section>
  );
}

function words(entry: PlaceEntry): { what: string; days: string; reason: string | null } {
  const days = formatDay(entry.day);
  switch (entry.kind) {
    case "came": {
      const { cameFrom, entry: kind, entryReason } = entry.stay;
      const what =
        cameFrom === null ? t(`people.place.entry.${kind}`) : t("people.place.cameFrom", { school: cameFrom });
      return { what, days, reason: entryReason };
    }
    case "left": {
      const { goesTo, transfer, exit, exitReason } = entry.stay;
      if (goesTo === null || transfer === null)
        return { what: t(`people.place.exit.${exit ?? "withdrawn"}`), days, reason: exitReason };
      return { what: t(`people.place.goesTo.${transfer}`, { school: goesTo }), days, reason: exitReason };
    }
    case "leave": {
      const { lastDay, reason } = entry.leave;
      const until =
        lastDay === null
          ? t("people.place.from", { start: days })
          : t("people.place.days", { start: days, end: formatDay(lastDay) });
      return { what: t("people.place.onLeave"), days: until, reason };
    }
    case "homeroom": {
      const { class: title, from } = entry;
      const what =
        from === null ? t("people.place.homeroom", { class: title }) : t("people.place.moved", { from, to: title });
      return { what, days, reason: null };
    }
    case "out":
      return { what: t("people.place.out", { class: entry.class }), days, reason: null };
  }
}
