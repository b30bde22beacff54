// A subject of a student's results; where it is not taken in the student's own class, with the class of the course.
import { Text } from "@mantine/core";
import type { StudentResults } from "../../bindings/StudentResults";
import type { SubjectResult } from "../../bindings/SubjectResult";

interface SubjectNameProps {
  subject: Pick<SubjectResult, "subjectTitle" | "classTitle">;
  /** Whose results these are. */
  of: Pick<StudentResults, "classTitle">;
}

export function SubjectName({ subject: { subjectTitle, classTitle }, of }: SubjectNameProps) {
  return (
    <>
      <bdi>{subjectTitle}</bdi>
      {classTitle !== of.classTitle && (
        <Text span inherit c="dimmed">
          {" · "}
          <bdi>{classTitle}</bdi>
        </Text>
      )}
    </>
  );
}
