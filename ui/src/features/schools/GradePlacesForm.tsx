// How many places the grade levels of an academic year have.
import { ActionIcon, Button, Group, NumberInput, Text, TextInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { GradePlaces } from "../../bindings/GradePlaces";
import { gradePlaces, saveGradePlaces } from "../../bindings/operations";
import type { SavedGradePlaces } from "../../bindings/SavedGradePlaces";
import type { YearRow } from "../../bindings/YearRow";
import { said } from "../../components/change";
import { Dialog } from "../../components/Dialog";
import { useDraft } from "../../components/draft";
import { FormModal } from "../../components/FormModal";
import { ErrorState, LoadingShape } from "../../components/states";
import { useTranslation } from "../../i18n";
import { formatNumber } from "../../numbers";

interface GradePlacesFormProps {
  school: string;
  year: Pick<YearRow, "id" | "title">;
  onClose: () => void;
}

export function GradePlacesForm({ school, year, onClose }: GradePlacesFormProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(0);
  const found = useQuery({ ...gradePlaces.query({ school, year: year.id }) });
  const title = t("schools.years.places.title", { title: year.title });
  if (found.data === undefined)
    return (
      <Dialog plain title={title} onClose={onClose}>
        {found.error !== null ? (
          <ErrorState error={found.error} onRetry={() => void found.refetch()} />
        ) : (
          <LoadingShape rows={5} />
        )}
      </Dialog>
    );
  return (
    <Levels
      key={opened}
      {...{ school, year, title, onClose }}
      levels={found.data}
      onReload={() => void found.refetch().then(() => setOpened(opened + 1))}
    />
  );
}

interface LevelFields {
  gradeLevel: string;
  places: number | string;
  version: number | null;
  /** None of a level that is typed here. */
  students: number | null;
}

interface LevelsProps extends GradePlacesFormProps {
  title: string;
  levels: readonly GradePlaces[];
  onReload: () => void;
}

function Levels({ school, year, title, levels, onClose, onReload }: LevelsProps) {
  const { t } = useTranslation();
  const initial = {
    levels: levels.map(
      ({ gradeLevel, places, version, students }): LevelFields => ({
        gradeLevel,
        places: places ?? "",
        version,
        students,
      }),
    ),
  };
  const draft = useDraft<typeof initial, SavedGradePlaces>({
    key: `grade-places:${year.id}`,
    initial,
    validate: { levels: { gradeLevel: (level) => (level.trim() === "" ? t("common.needed") : null) } },
    save: (values) =>
      saveGradePlaces({
        school,
        year: year.id,
        levels: values.levels.map(({ gradeLevel, places, version }) => ({
          gradeLevel,
          places: places === "" ? null : Number(places),
          version,
        })),
      }),
    onSaved: ({ undo }) => {
      said(t("schools.years.places.saved", { title: year.title }), undo);
      onClose();
    },
  });
  const { form } = draft;
  return (
    <FormModal title={title} draft={draft} onClose={onClose} onReload={onReload}>
      <Text size="sm" c="dimmed">
        {t("schools.years.places.text")}
      </Text>
      {form.values.levels.length === 0 && <Text size="sm">{t("schools.years.places.none")}</Text>}
      {form.values.levels.length > 0 && (
        <Group gap="sm" c="dimmed" fz="xs" mb={-8} wrap="nowrap">
          <span style={{ width: "10rem" }}>{t("schools.years.places.level")}</span>
          <span style={{ width: "7.5rem" }}>{t("schools.years.places.places")}</span>
          <span>{t("schools.years.places.taken")}</span>
        </Group>
      )}
      {form.values.levels.map(({ gradeLevel, students }, place) => (
        <Group key={students === null ? place : gradeLevel} gap="sm" wrap="nowrap" align="start">
          {students === null ? (
            <TextInput
              w="10rem"
              maxLength={50}
              aria-label={t("schools.years.places.newLevel", { number: place + 1 })}
              {...form.getInputProps(`levels.${place}.gradeLevel`)}
            />
          ) : (
            <Text size="sm" w="10rem" pt={6}>
              <bdi>{gradeLevel}</bdi>
            </Text>
          )}
          <NumberInput
            w="7.5rem"
            allowDecimal={false}
            allowNegative={false}
            hideControls
            aria-label={t("schools.years.places.placesOf", { level: gradeLevel })}
            {...form.getInputProps(`levels.${place}.places`)}
          />
          {students === null ? (
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={t("schools.years.places.remove", { number: place + 1 })}
              onClick={() => form.removeListItem("levels", place)}
            >
              <IconTrash size="1rem" />
            </ActionIcon>
          ) : (
            <Text size="sm" pt={6}>
              {formatNumber(students)}
            </Text>
          )}
        </Group>
      ))}
      <Group>
        <Button
          variant="default"
          onClick={() =>
            form.insertListItem("levels", {
              gradeLevel: "",
              places: "",
              version: null,
              students: null,
            } satisfies LevelFields)
          }
        >
          {t("schools.years.places.add")}
        </Button>
      </Group>
    </FormModal>
  );
}
