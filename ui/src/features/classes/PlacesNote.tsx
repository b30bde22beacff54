// The places of a class in a form that puts somebody into it, and those of its grade level: how many are free, and before
// it is saved that it is full.
import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ClassKind } from "../../bindings/ClassKind";
import { gradePlaces } from "../../bindings/operations";
import { Signal } from "../../components/Signal";
import { useTranslation } from "../../i18n";
import { usePlace } from "../../session/session";

interface PlacesNoteProps {
  /** The class that was chosen; none as long as none was. */
  of:
    | {
        title: string;
        students: number;
        places: number | null;
        kind: ClassKind;
        gradeLevel: string | null;
        year: string;
      }
    | undefined;
  /** How many would come into it. */
  more: number;
  /** The grade level in whose homerooms they are already: there they take a place as it is. */
  within?: string | null;
}

/** Stands under the choice; a class with as many places as come says nothing, and so does such a grade level. */
export function PlacesNote({ of, more, within = null }: PlacesNoteProps) {
  const { t } = useTranslation();
  if (of === undefined) return null;
  const { title, students, places, kind, gradeLevel, year } = of;
  return (
    <>
      {places !== null && (
        <Places
          free={(count) => t("classes.places.free", { count, class: title })}
          full={(taken) => t("classes.places.over", { class: title, taken, places })}
          {...{ students, places, more }}
        />
      )}
      {kind === "homeroom" && gradeLevel !== null && gradeLevel !== within && (
        <OfGradeLevel gradeLevel={gradeLevel} year={year} more={more} />
      )}
    </>
  );
}

function OfGradeLevel({ gradeLevel: grade, year, more }: { gradeLevel: string; year: string; more: number }) {
  const { school } = usePlace();
  const levels = useQuery({ ...gradePlaces.query({ school: school?.id ?? "", year }), enabled: school !== null });
  const level = levels.data?.find(({ gradeLevel }) => gradeLevel === grade);
  if (level === undefined || level.places === null) return null;
  return <GradePlacesNote grade={grade} students={level.students} places={level.places} more={more} />;
}

interface GradePlacesNoteProps {
  grade: string;
  students: number;
  places: number;
  more: number;
}

export function GradePlacesNote({ grade, places, ...counted }: GradePlacesNoteProps) {
  const { t } = useTranslation();
  return (
    <Places
      free={(count) => t("classes.places.freeGrade", { count, grade })}
      full={(taken) => t("classes.places.overGrade", { grade, taken, places })}
      places={places}
      {...counted}
    />
  );
}

interface PlacesProps {
  students: number;
  places: number;
  more: number;
  free: (count: number) => string;
  full: (taken: number) => string;
}

function Places({ students, places, more, free, full }: PlacesProps) {
  const left = Math.max(0, places - students);
  if (more <= left)
    return (
      <Text size="xs" c="dimmed" role="status">
        {free(left)}
      </Text>
    );
  return (
    <div role="status">
      <Signal tone="attention">{full(students + more)}</Signal>
    </div>
  );
}
