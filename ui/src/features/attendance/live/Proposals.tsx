// Whom the camera proposes, and the faces that a person must decide.
import { ActionIcon, Button, Select, Text, Tooltip } from "@mantine/core";
import { IconCheck, IconX } from "@tabler/icons-react";
import { useState } from "react";
import type { LiveProposal } from "../../../bindings/LiveProposal";
import type { UnsureFace } from "../../../bindings/UnsureFace";
import { PersonName } from "../../../components/PersonName";
import { Signal } from "../../../components/Signal";
import { Keys } from "../../../frame/keys";
import { useTranslation } from "../../../i18n";
import { formatFixed } from "../../../numbers";
import classes from "../attendance.module.css";

/** A student of the class: as menus show one, and as a sentence names one. */
export interface Choice {
  value: string;
  label: string;
  name: string;
}

/** How the lists name somebody of the class. */
export type Listed = (of: { student: string; name: string }) => string;

/** Chooses who a face is, out of the whole class, or that it is nobody of it. */
export function WhoIsIt({
  students,
  onDecide,
}: {
  students: readonly Choice[];
  onDecide: (right: string | null) => void;
}) {
  const { t } = useTranslation();
  return (
    <div className={classes.candidates}>
      <Select
        size="xs"
        searchable
        aria-label={t("attendance.live.correctWho")}
        placeholder={t("attendance.live.correctWho")}
        data={[...students]}
        value={null}
        onChange={(right) => {
          if (right !== null) onDecide(right);
        }}
      />
      <Button variant="default" onClick={() => onDecide(null)}>
        {t("attendance.live.nobody")}
      </Button>
    </div>
  );
}

interface UnsureProps {
  faces: readonly UnsureFace[];
  students: readonly Choice[];
  listed: Listed;
  onDecide: (track: number, right: string | null) => void;
}

/** The first of them is decided by keys: Ctrl 1 and 2 are the two candidates, Ctrl 0 is nobody. */
export function Unsure({ faces, students, listed, onDecide }: UnsureProps) {
  const { t } = useTranslation();
  return faces.map((face, place) => (
    <div
      key={face.track}
      className={classes.unsure}
      role="group"
      aria-label={faces.length === 1 ? t("attendance.live.unsure") : t("attendance.live.nthUnsure", { nth: place + 1 })}
    >
      <div>
        <Signal tone="attention" sign="?">
          {t(`attendance.live.reasons.${face.reason}`)}
        </Signal>
        {face.reason !== "not_clear" && (
          <Text size="xs" c="dimmed">
            {t(`attendance.live.reasonTexts.${face.reason}`)}
          </Text>
        )}
      </div>
      <div className={classes.candidates}>
        {face.candidates.map(({ student, name, score }, nth) => (
          <Button
            key={student}
            variant="default"
            h="auto"
            py={4}
            onClick={() => onDecide(face.track, student)}
            rightSection={place === 0 ? <Keys aria-hidden keys={`mod+${nth + 1}`} /> : undefined}
          >
            <span className={classes.candidate}>
              <PersonName name={listed({ student, name })} />
              <bdi className={classes.hint}>{t("attendance.live.likeness", { value: formatFixed(score, 2) })}</bdi>
            </span>
          </Button>
        ))}
      </div>
      <WhoIsIt students={students} onDecide={(right) => onDecide(face.track, right)} />
    </div>
  ));
}

interface ProposedProps {
  proposals: readonly LiveProposal[];
  students: readonly Choice[];
  listed: Listed;
  onConfirm: (student: string) => void;
  onCorrect: (wrong: string, right: string | null) => void;
}

export function Proposed({ proposals, students, listed, onConfirm, onCorrect }: ProposedProps) {
  const { t } = useTranslation();
  const [correcting, setCorrecting] = useState<string | null>(null);
  if (proposals.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t("attendance.live.proposedNone")}
      </Text>
    );
  return (
    <ul className={classes.list}>
      {proposals.map(({ student, name, minutesLate }) =>
        correcting === student ? (
          <li key={student}>
            <WhoIsIt
              students={students.filter(({ value }) => value !== student)}
              onDecide={(right) => {
                setCorrecting(null);
                onCorrect(student, right);
              }}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t("common.cancel")}
              onClick={() => setCorrecting(null)}
            >
              <IconX size="1rem" />
            </ActionIcon>
          </li>
        ) : (
          <li key={student}>
            <PersonName name={listed({ student, name })} />
            {minutesLate !== null && (
              <Signal tone="attention" sign="L">
                {t("attendance.live.late", { count: minutesLate })}
              </Signal>
            )}
            <Tooltip label={t("attendance.live.confirm", { name })}>
              <ActionIcon
                variant="light"
                color="good"
                aria-label={t("attendance.live.confirm", { name })}
                onClick={() => onConfirm(student)}
              >
                <IconCheck size="1rem" />
              </ActionIcon>
            </Tooltip>
            <Tooltip label={t("attendance.live.wrongShort")}>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t("attendance.live.wrong", { name })}
                onClick={() => setCorrecting(student)}
              >
                <IconX size="1rem" />
              </ActionIcon>
            </Tooltip>
          </li>
        ),
      )}
    </ul>
  );
}
