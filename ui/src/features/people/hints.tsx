// What the form of a student says while somebody types: who is alike already, and the next free number.
import { Alert, Anchor, Button, Group, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { GuardianRecord } from "../../bindings/GuardianRecord";
import { alikeGuardians, alikeStudents, nextStudentNumber } from "../../bindings/operations";
import { isDay } from "../../days";
import { useTranslation } from "../../i18n";
import { fullName, listName } from "../../names";
import { formatDay } from "../../numbers";
import { classesInShort } from "../classes/kinds";
import { useSession } from "../../session/session";
import classes from "./people.module.css";

interface AlikeProps {
  school: string;
  givenName: string;
  familyName: string;
  birthDate: string;
  besides: string | null;
  /** Makes one record of the student and this one. */
  onMerge?: ((other: string) => void) | undefined;
}

/** A child who may be here already; it does not stop anybody. */
export function Alike({ school, besides, onMerge, ...fields }: AlikeProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { may } = useSession();
  const [typed] = useDebouncedValue(`${fields.givenName}\u0000${fields.familyName}\u0000${fields.birthDate}`, 250);
  const [givenName = "", familyName = "", birthDate = ""] = typed.split("\u0000");
  const found = useQuery({
    ...alikeStudents.query({ school, givenName, familyName, birthDate: isDay(birthDate) ? birthDate : null, besides }),
    enabled: may("people.alike_students") && givenName.trim() !== "" && familyName.trim() !== "",
  });
  if (found.data === undefined || found.data.length === 0) return <div role="status" />;
  return (
    <Alert color="attention" p="xs" role="status" title={t("people.form.alike", { count: found.data.length })}>
      <ul className={classes.lines}>
        {found.data.map((student) => (
          <li key={student.id}>
            <Anchor
              component="button"
              type="button"
              size="sm"
              onClick={() =>
                void navigate({ to: `/students/${student.id}`, search: student.deleted ? { deleted: "yes" } : {} })
              }
            >
              <bdi>{listName(student)}</bdi>
            </Anchor>
            <Text span size="xs">
              {[
                t("people.student.number", { number: student.number }),
                student.birthDate === null
                  ? t("people.form.bornUnknown")
                  : t("people.form.bornOn", { day: formatDay(student.birthDate) }),
                classesInShort(student.classes),
                student.deleted
                  ? t("people.students.deleted")
                  : student.status === "active"
                    ? ""
                    : t(`people.status.${student.status}`),
              ]
                .filter((part) => part !== "")
                .join(" · ")}
            </Text>
            {onMerge !== undefined && !student.deleted && (
              <Button
                variant="subtle"
                size="compact-xs"
                aria-label={t("people.merge.withOf", { name: listName(student), number: student.number })}
                onClick={() => onMerge(student.id)}
              >
                {t("people.merge.act")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Alert>
  );
}

/** Offers the next free number, as long as another is typed. */
export function NextNumber({
  school,
  number,
  take,
}: {
  school: string;
  number: string;
  take: (number: string) => void;
}) {
  const { t } = useTranslation();
  const { may } = useSession();
  const next = useQuery({
    ...nextStudentNumber.query({ school }),
    enabled: may("people.next_student_number"),
  });
  const free = next.data?.number ?? null;
  if (free === null || number === free) return null;
  return (
    <Button
      variant="subtle"
      size="compact-xs"
      px={0}
      mt={2}
      h="auto"
      mih="1.375rem"
      styles={{ label: { whiteSpace: "normal", textAlign: "start" } }}
      onClick={() => take(free)}
    >
      {t("people.form.nextNumber", { number: free })}
    </Button>
  );
}

interface AlikeGuardianProps {
  school: string;
  givenName: string;
  familyName: string;
  phone: string;
  /** Who is a guardian of the student already. */
  besides: readonly string[];
  onTake: (guardian: GuardianRecord) => void;
}

/** A guardian of the school with the same name and telephone number, to be taken instead of a second row. */
export function AlikeGuardian({ school, besides, onTake, ...fields }: AlikeGuardianProps) {
  const { t } = useTranslation();
  const { may } = useSession();
  const [typed] = useDebouncedValue(`${fields.givenName}\u0000${fields.familyName}\u0000${fields.phone}`, 250);
  const [givenName = "", familyName = "", phone = ""] = typed.split("\u0000");
  const found = useQuery({
    ...alikeGuardians.query({ school, givenName, familyName, phone }),
    enabled: may("people.alike_guardians") && [givenName, familyName, phone].every((text) => text.trim() !== ""),
  });
  const known = (found.data ?? []).filter(({ id }) => !besides.includes(id));
  if (known.length === 0) return <div role="status" />;
  return (
    <Alert color="attention" p="xs" mt="xs" role="status">
      {known.map((guardian) => (
        <Group key={guardian.id} justify="space-between" gap="xs">
          <Text size="sm">
            {t("people.form.sameGuardian", {
              name: fullName(guardian),
              students: guardian.students.map(fullName).join(", "),
            })}
          </Text>
          <Button variant="default" size="compact-sm" onClick={() => onTake(guardian)}>
            {t("people.form.takeGuardian")}
          </Button>
        </Group>
      ))}
    </Alert>
  );
}
