// What a table is saved as: a workbook or CSV. The button that is given opens it.
import { Menu } from "@mantine/core";
import { IconFileSpreadsheet, IconFileText } from "@tabler/icons-react";
import type { ReactElement } from "react";
import type { TableFormat } from "../bindings/TableFormat";
import { useTranslation } from "../i18n";

interface Props {
  onChoose: (format: TableFormat) => void;
  /** Takes a ref, as buttons do. */
  children: ReactElement;
}

export function FormatMenu({ onChoose, children }: Props) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconFileSpreadsheet size="1rem" />} onClick={() => onChoose("xlsx")}>
          {t("common.formats.xlsx")}
        </Menu.Item>
        <Menu.Item leftSection={<IconFileText size="1rem" />} onClick={() => onChoose("csv")}>
          {t("common.formats.csv")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
