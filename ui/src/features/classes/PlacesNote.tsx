// The places of a class in a form that puts somebody into it: how many are free, and before it is saved that it is full.
import { Text } from "@mantine/core";
import { Signal } from "../../components/Signal";
import { useTranslation } from "../../i18n";

interface PlacesNoteProps {
  /** The class that was chosen; none as long as none was. */
  of: { title: string; students: number; places: number | null } | undefined;
  /** How many would come into it. */
  more: number;
}

/** Stands under the choice; a class with as many places as come says nothing. */
export function PlacesNote({ of, more }: PlacesNoteProps) {
  const { t } = useTranslation();
  if (of === undefined || of.places === null) return null;
  const { title, students, places } = of;
  const free = Math.max(0, places - students);
  if (more <= free)
    return (
      <Text size="xs" c="dimmed" role="status">
        {t("classes.places.free", { count: free, class: title })}
      </Text>
    );
  return (
    <div role="status">
      <Signal tone="attention">{t("classes.places.over", { class: title, taken: students + more, places })}</Signal>
    </div>
  );
}
