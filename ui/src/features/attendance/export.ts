// Register cells as a table for a spreadsheet, saved where the person chooses.
import { notifications } from "@mantine/notifications";
import { attendanceCsv } from "../../bindings/operations";
import type { TableFormat } from "../../bindings/TableFormat";
import { refusal } from "../../components/change";
import { saveArtifact } from "../../files";
import { t } from "../../i18n";

export async function exportTable(of: string, [from, to]: [string, string], format: TableFormat): Promise<void> {
  try {
    const { artifact, rows } = await attendanceCsv({ class: of, from, to, format });
    if (rows === 0) {
      notifications.show({ message: t("attendance.summary.none") });
      return;
    }
    const path = await saveArtifact(artifact, true);
    if (path !== null)
      notifications.show({ color: "good", message: t("attendance.summary.exported", { count: rows, path }) });
  } catch (reason) {
    refusal(reason);
  }
}
