// A student's report card as it will print.
import { Alert } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { previewReportCard } from "../../bindings/operations";
import { PdfPreview } from "../../components/PdfPreview";
import { ErrorState, LoadingShape } from "../../components/states";
import { artifact } from "../../files";
import { useTranslation } from "../../i18n";
import { problemText } from "./words";

export function CardPage({ student, name, term }: { student: string; name: string; term: string }) {
  const { t } = useTranslation();
  const page = useQuery({
    ...previewReportCard.about({ student, term }, "page"),
    queryFn: async () => {
      const made = await previewReportCard({ student, term });
      return { made, bytes: await artifact(made.artifact) };
    },
    gcTime: 60_000, // Pages are kept by the program only for a while, too.
  });
  if (page.error !== null && page.data === undefined)
    return <ErrorState error={page.error} title={t("reports.page.failed")} onRetry={() => void page.refetch()} />;
  if (page.data === undefined) return <LoadingShape rows={16} />;
  const { problems } = page.data.made;
  return (
    <>
      {problems.length > 0 && (
        <Alert color="attention" p="xs" mx="md" mb="xs" style={{ flex: "none" }}>
          {problems.map((problem) => (
            <div key={problem.code}>{problemText(problem, t)}</div>
          ))}
        </Alert>
      )}
      <PdfPreview bytes={page.data.bytes} label={t("reports.page.label", { student: name })} />
    </>
  );
}
