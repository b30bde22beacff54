// Register cells as a table for a spreadsheet, saved where the person chooses.
import { notifications } from "@mantine/notifications";
import { attendanceCsv } from "../../bindings/operations";
import { refusal } from "../../components/change";
import { saveArtifact } from "../../files";
import { t } from "../../i18n";

export async function exportCsv(of: string, from: string, to: string): Promise<void> {
  try {
    const { artifact, rows } = await attendanceCsv({ class: of, from, to });
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
