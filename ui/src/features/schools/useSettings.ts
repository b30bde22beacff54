// A part of the settings as a form: what it does not show goes back as it was stored.
import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { saveSettings, settings as askSettings } from "../../bindings/operations";
import type { SchoolSettings } from "../../bindings/SchoolSettings";
import type { Settings } from "../../bindings/Settings";
import { useDraft } from "../../components/draft";
import { useTranslation } from "../../i18n";

export function useSettings(part: string, school: string, stored: SchoolSettings) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return useDraft<{ version: number; settings: Settings }, SchoolSettings>({
    key: `settings:${part}:${school}`,
    initial: { version: stored.version, settings: stored.settings },
    follows: true,
    save: ({ version, settings }) => saveSettings({ school, version, settings }),
    onSaved: (saved) => {
      notifications.show({ color: "good", message: t("schools.saved") });
      client.setQueryData(askSettings.query({ school }).queryKey, saved);
    },
  });
}
