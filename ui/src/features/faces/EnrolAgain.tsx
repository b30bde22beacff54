// Students who were enrolled with a former model: their templates are made again from kept photographs,
// where the school keeps them, else they are enrolled again.
import { Alert, Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { EnrolledCount } from "../../bindings/EnrolledCount";
import { reenrolFaces } from "../../bindings/operations";
import { refusal, said } from "../../components/change";
import { JobProgress } from "../../components/JobProgress";
import { useTranslation } from "../../i18n";
import { useSession } from "../../session/session";
import { facesChanged } from "./state";

export function EnrolAgain({ enrolled, school }: { enrolled: EnrolledCount; school: string }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const [job, setJob] = useState("");
  const remake = useMutation({
    mutationFn: (id: string) => reenrolFaces({ school }, id),
    onSuccess: ({ students, enrolAgain }) => {
      const rest =
        enrolAgain.length > 0
          ? ` ${t("faces.again.rest", { names: enrolAgain.map(({ name }) => name).join(", ") })}`
          : "";
      said(`${t("faces.again.done", { count: students })}.${rest}`, null);
      facesChanged();
    },
    onError: refusal,
  });
  if (enrolled.outdatedStudents === 0) return null;
  const start = () => {
    const id = crypto.randomUUID();
    setJob(id);
    remake.mutate(id);
  };
  return (
    <Alert color="attention" mx="md" mb="xs" p="xs">
      {t("faces.again.text", { count: enrolled.outdatedStudents })}{" "}
      {enrolled.photographs === 0 && t("faces.again.enrol")}
      {remake.isPending && <JobProgress job={job} label={t("faces.again.working")} />}
      {!remake.isPending && enrolled.photographs > 0 && may("faces.reenrol_faces") && (
        <div>
          <Button variant="default" mt={4} onClick={start}>
            {t("faces.again.remake")}
          </Button>
        </div>
      )}
    </Alert>
  );
}
