// A list as it is shown, all of it: saved as a workbook or text, or made into pages that are printed.
import { ActionIcon, Loader, Menu, Tooltip } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconDownload, IconFileSpreadsheet, IconFileText, IconPrinter } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import type { ListFormat } from "../../bindings/ListFormat";
import { exportList } from "../../bindings/operations";
import type { ShowList } from "../../bindings/ShowList";
import { refusal } from "../../components/change";
import { openArtifact, saveArtifact } from "../../files";
import { useTranslation } from "../../i18n";

const formats = [
  ["xlsx", IconFileSpreadsheet],
  ["csv", IconFileText],
  ["portrait", IconPrinter],
  ["landscape", IconPrinter],
] as const satisfies readonly (readonly [ListFormat, unknown])[];

interface ExportMenuProps {
  shown: ShowList;
  /** Stands over it on paper: the view that is open. */
  title: string | null;
  /** What else goes out from here, as items of the menu. */
  more?: ReactNode;
}

export function ExportMenu({ shown, title, more }: ExportMenuProps) {
  const { t } = useTranslation();
  const [making, setMaking] = useState(false);
  const make = async (format: ListFormat) => {
    setMaking(true);
    try {
      const { artifact, rows } = await exportList({ ...shown, format, title }, crypto.randomUUID());
      if (format === "portrait" || format === "landscape") await openArtifact(artifact);
      else {
        const path = await saveArtifact(artifact, true);
        if (path !== null)
          notifications.show({ color: "good", message: t("lists.export.saved", { count: rows, path }) });
      }
    } catch (reason) {
      refusal(reason);
    } finally {
      setMaking(false);
    }
  };
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Tooltip label={t("lists.export.open")}>
          <ActionIcon variant="subtle" color="gray" aria-label={t("lists.export.open")} disabled={making}>
            {making ? <Loader size="1rem" /> : <IconDownload size="1rem" />}
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t("lists.export.asShown")}</Menu.Label>
        {formats.map(([format, Icon]) => (
          <Menu.Item key={format} leftSection={<Icon size="1rem" />} onClick={() => void make(format)}>
            {t(`lists.export.${format}`)}
          </Menu.Item>
        ))}
        {more}
      </Menu.Dropdown>
    </Menu>
  );
}
