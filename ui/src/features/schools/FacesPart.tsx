// Whether and how faces are used: what people agree to, what is kept and how long, what a camera asks for.
import { Button, Group, NumberInput, Stack, Switch, Text, Textarea, TextInput, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { faceStatus } from "../../bindings/operations";
import type { Settings } from "../../bindings/Settings";
import { FormSection } from "../../components/FormSection";
import { useTranslation } from "../../i18n";
import { formatNumber } from "../../numbers";
import { useSession } from "../../session/session";
import { say } from "../../words";
import { number, type SettingsPartProps } from "./parts";
import { useSettings } from "./useSettings";

type Numbers = "faceConsentDays" | "faceOwnConsentAge" | "faceRetentionDays" | "faceEvidenceDays";
type Switches = { [Name in keyof Settings]: Settings[Name] extends boolean ? Name : never }[keyof Settings];

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Stack gap="sm" mt="xs" role="group" aria-label={title}>
      <Title order={3}>{title}</Title>
      {children}
    </Stack>
  );
}

/** From which likeness a face counts as somebody. It belongs to the model, so it is shown and not set. */
function Threshold({ school }: { school: string }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const status = useQuery({
    ...faceStatus.query({ school }),
    enabled: may("faces.face_status"),
  });
  const models = status.data?.models;
  if (models === undefined) return null;
  if (models.rule === null)
    return (
      <Text size="sm" c="dimmed">
        {say(models.problem)} {say(models.help)}
      </Text>
    );
  const [threshold, margin] = [formatNumber(models.rule.threshold, 3), formatNumber(models.rule.margin, 3)];
  return (
    <div>
      <Text size="sm" fw={500}>
        {t("schools.faces.threshold", { threshold, margin })}
      </Text>
      <Text size="xs" c="dimmed">
        {t("schools.faces.thresholdHelp", { model: models.embedder ?? "" })}
      </Text>
    </div>
  );
}

export function FacesPart({ school, stored, onReload }: SettingsPartProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { may } = useSession();
  const draft = useSettings("faces", school, stored);
  const { form } = draft;
  const amount = (name: Numbers, label: string, description: string, unit: string, most: number) => (
    <NumberInput
      label={label}
      description={description}
      inputWrapperOrder={["label", "input", "description", "error"]}
      allowDecimal={false}
      hideControls
      min={0}
      max={most}
      clampBehavior="none"
      suffix={` ${unit}`}
      styles={{ input: { maxWidth: 160, unicodeBidi: "plaintext" } }}
      {...form.getInputProps(`settings.${name}`)}
      onChange={(value) => form.setFieldValue(`settings.${name}`, number(value))}
    />
  );
  const choice = (name: Switches, label: string, description?: string) => (
    <Switch label={label} description={description} {...form.getInputProps(`settings.${name}`, { type: "checkbox" })} />
  );
  const [days, years] = [t("schools.faces.days"), t("schools.faces.years")];
  return (
    <FormSection
      title={t("schools.faces.title")}
      draft={draft}
      mayChange={may("schools.save_settings")}
      onReload={onReload}
    >
      {choice("faceRecognition", t("schools.faces.on"), t("schools.faces.onHelp"))}
      <Part title={t("schools.faces.consent")}>
        <Textarea
          label={t("schools.faces.policy")}
          description={t("schools.faces.policyHelp")}
          autosize
          minRows={4}
          maxRows={16}
          {...form.getInputProps("settings.facePolicy")}
        />
        <TextInput
          label={t("schools.faces.version")}
          description={t("schools.faces.versionHelp")}
          inputWrapperOrder={["label", "input", "description", "error"]}
          styles={{ input: { maxWidth: 160 } }}
          {...form.getInputProps("settings.facePolicyVersion")}
        />
        {amount("faceConsentDays", t("schools.faces.consentDays"), t("schools.faces.consentDaysHelp"), days, 3650)}
        {amount("faceOwnConsentAge", t("schools.faces.ownAge"), t("schools.faces.ownAgeHelp"), years, 99)}
      </Part>
      <Part title={t("schools.faces.keeping")}>
        {amount("faceRetentionDays", t("schools.faces.retention"), t("schools.faces.retentionHelp"), days, 3650)}
        {choice("faceKeepPhotographs", t("schools.faces.photographs"), t("schools.faces.photographsHelp"))}
        {amount("faceEvidenceDays", t("schools.faces.evidence"), t("schools.faces.evidenceHelp"), days, 90)}
      </Part>
      <Part title={t("schools.faces.camera")}>
        <Threshold school={school} />
        {choice("faceLiveness", t("schools.faces.liveness"), t("schools.faces.livenessHelp"))}
        {form.values.settings.faceLiveness &&
          choice("faceMustMove", t("schools.faces.mustMove"), t("schools.faces.mustMoveHelp"))}
      </Part>
      <Part title={t("schools.faces.kiosk")}>
        {choice("kioskTurnHead", t("schools.faces.turn"), t("schools.faces.turnHelp"))}
        {choice("kioskSound", t("schools.faces.sound"))}
      </Part>
      {may("faces.consent_state") && (
        <Group>
          <Button variant="default" onClick={() => void navigate({ to: "/faces" })}>
            {t("schools.faces.open")}
          </Button>
        </Group>
      )}
    </FormSection>
  );
}
