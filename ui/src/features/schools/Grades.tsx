// The grade scale: from which percentage each grade is given.
import { ActionIcon, Button, Group, NumberInput, Text, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconTrash } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { GradeScaleRow } from "../../bindings/GradeScaleRow";
import { gradeScale, saveGradeScale } from "../../bindings/operations";
import { useDraft } from "../../components/draft";
import { FormSection } from "../../components/FormSection";
import { ErrorState, LoadingShape } from "../../components/states";
import { useTranslation } from "../../i18n";
import { useSession } from "../../session/session";

const keyOf = (school: string) => gradeScale.query({ school }).queryKey;

export function Grades({ school }: { school: string }) {
  const found = useQuery({ ...gradeScale.query({ school }) });
  const [opened, setOpened] = useState(0);
  if (found.data === undefined)
    return found.error !== null ? (
      <ErrorState error={found.error} onRetry={() => void found.refetch()} />
    ) : (
      <LoadingShape rows={6} />
    );
  return (
    <Scale
      key={opened}
      school={school}
      scale={found.data}
      onReload={() => void found.refetch().then(() => setOpened(opened + 1))}
    />
  );
}

function Scale({ school, scale, onReload }: { school: string; scale: GradeScaleRow; onReload: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { may } = useSession();
  const initial = { version: scale.version, title: scale.title, bands: scale.bands };
  const draft = useDraft<typeof initial, GradeScaleRow>({
    key: `grades:${school}`,
    initial,
    follows: true,
    save: ({ version, title, bands }) => saveGradeScale({ school, version, title, bands }),
    onSaved: (saved) => {
      notifications.show({ color: "good", message: t("schools.saved") });
      client.setQueryData(keyOf(school), saved);
    },
  });
  const { form } = draft;
  return (
    <FormSection
      title={t("schools.grades.title")}
      about={t("schools.grades.text")}
      draft={draft}
      mayChange={may("schools.save_grade_scale")}
      onReload={onReload}
    >
      <TextInput label={t("schools.grades.name")} maw={320} {...form.getInputProps("title")} />
      {typeof form.errors.bands === "string" && (
        <Text size="xs" c="var(--mantine-color-error)" role="alert">
          {form.errors.bands}
        </Text>
      )}
      <Group gap="sm" c="dimmed" fz="xs" mb={-8}>
        <span style={{ width: "7.5rem" }}>{t("schools.grades.grade")}</span>
        <span>{t("schools.grades.from")}</span>
      </Group>
      {form.values.bands.map((_, place) => (
        <Group key={place} gap="sm" wrap="nowrap" align="start">
          <TextInput
            w={120}
            aria-label={t("schools.grades.gradeOf", { number: place + 1 })}
            {...form.getInputProps(`bands.${place}.label`)}
          />
          <NumberInput
            w={120}
            decimalScale={2}
            aria-label={t("schools.grades.fromOf", { number: place + 1 })}
            {...form.getInputProps(`bands.${place}.fromPercent`)}
            onChange={(value) => form.setFieldValue(`bands.${place}.fromPercent`, value === "" ? -1 : Number(value))}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            disabled={form.values.bands.length === 1}
            aria-label={t("schools.grades.remove", { number: place + 1 })}
            onClick={() => form.removeListItem("bands", place)}
          >
            <IconTrash size="1rem" />
          </ActionIcon>
        </Group>
      ))}
      <Group>
        <Button variant="default" onClick={() => form.insertListItem("bands", { label: "", fromPercent: 0 })}>
          {t("schools.grades.add")}
        </Button>
      </Group>
    </FormSection>
  );
}
