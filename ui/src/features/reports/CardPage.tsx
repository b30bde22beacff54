// A student's report card as it will print.
import { Alert, useDirection } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { previewReportCard } from "../../bindings/operations";
import { PdfPreview } from "../../components/PdfPreview";
import { ErrorState, LoadingShape } from "../../components/states";
import { artifact } from "../../files";
import { problemText } from "./words";

export function CardPage({ student, name, term }: { student: string; name: string; term: string }) {
  const { t } = useTranslation();
  const { dir } = useDirection();
  const page = useQuery({
    queryKey: ["report_comments", "preview", student, term, dir, "marks", "assessments", "categories", "students", "schools", "settings", "attendance_marks", "grade_scales"],
    queryFn: async () => {
      const made = await previewReportCard({ student, term, rtl: dir === "rtl" });
      return { made, bytes: await artifact(made.artifact) };
    },
    gcTime: 60_000, // Pages are kept by the program only for a while, too.
  });
  if (page.error !== null && page.data === undefined) return <ErrorState error={page.error} title={t("reports.page.failed")} onRetry={() => void page.refetch()} />;
  if (page.data === undefined) return <LoadingShape rows={16} />;
  const problem = page.data.made.problems[0];
  return (
    <>
      {problem !== undefined && <Alert color="attention" p="xs" mx="md" mb="xs" style={{ flex: "none" }}>{problemText(problem)}</Alert>}
      <PdfPreview bytes={page.data.bytes} label={t("reports.page.label", { student: name })} />
    </>
  );
}
