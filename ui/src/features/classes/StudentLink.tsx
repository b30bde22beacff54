// A student in the lists of a class and of a course, leading to the record.
import { Anchor } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { listName, type Named } from "../../names";
import classes from "./classes.module.css";

export function StudentLink({ student }: { student: Named & { student: string; nativeName: string | null } }) {
  const navigate = useNavigate();
  const name = listName(student);
  return (
    <Anchor
      component="button"
      type="button"
      dir="auto"
      className={`${classes.link} name`}
      title={name}
      onClick={() => void navigate({ to: `/students/${student.student}` })}
    >
      <bdi>{name}</bdi>
      {student.nativeName !== null && (
        <span className={classes.native}>
          <bdi>{student.nativeName}</bdi>
        </span>
      )}
    </Anchor>
  );
}
