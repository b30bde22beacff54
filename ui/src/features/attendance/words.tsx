// How codes, sources and days are written: always with a letter or sign beside the colour.
import {
  IconCalendarEvent,
  IconCamera,
  IconDoorEnter,
  IconFileImport,
  IconHandStop,
  IconPhoto,
} from "@tabler/icons-react";
import type { AttendanceCounts } from "../../bindings/AttendanceCounts";
import type { AttendanceMeaning } from "../../bindings/AttendanceMeaning";
import type { MarkSource } from "../../bindings/MarkSource";
import { meanings, toneOf } from "../../components/meanings";
import { Signal } from "../../components/Signal";
import { useTranslation, type Translate } from "../../i18n";
import classes from "./attendance.module.css";

const letters: Record<AttendanceMeaning, string> = { present: "P", late: "L", absent: "A", excused: "E" };
const icons = {
  hand: IconHandStop,
  camera: IconCamera,
  photograph: IconPhoto,
  kiosk: IconDoorEnter,
  import: IconFileImport,
  notice: IconCalendarEvent,
};

export function lessonName(lesson: number, t: Translate): string {
  return lesson === 0 ? t("common.wholeDay") : t("attendance.day.nth", { lesson });
}

/** Marks of which there may be a picture. */
export const seenByCamera: ReadonlySet<MarkSource> = new Set<MarkSource>(["camera", "photograph", "kiosk"]);

export function Source({ source, by }: { source: MarkSource; by?: string | null }) {
  const { t } = useTranslation();
  const Icon = icons[source];
  const label = t(`attendance.source.${source}`);
  return (
    <span className={classes.source} title={by === undefined || by === null ? label : `${label}, ${by}`}>
      <Icon size="0.875rem" aria-hidden />
      <span>{label}</span>
    </span>
  );
}

/** How many were there, late, absent, excused; what nobody was is left out. */
export function Counts({ counts, all = false }: { counts: AttendanceCounts; all?: boolean }) {
  const { t } = useTranslation();
  return (
    <span className={classes.counts}>
      {meanings
        .filter((meaning) => all || counts[meaning] > 0)
        .map((meaning) => (
          <span key={meaning} title={t(`attendance.meaning.${meaning}`)}>
            <Signal tone={toneOf[meaning]} sign={letters[meaning]}>
              <span
                className="figures"
                role="img"
                aria-label={`${counts[meaning]} ${t(`attendance.meaning.${meaning}`)}`}
              >
                {counts[meaning]}
              </span>
            </Signal>
          </span>
        ))}
    </span>
  );
}
