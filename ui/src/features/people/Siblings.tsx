// Brothers and sisters: who shares a guardian with the student, each with the class and a way there.
import { Anchor, Text, Title } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import type { StudentDetails } from "../../bindings/StudentDetails";
import { useTranslation } from "../../i18n";
import { listName } from "../../names";
import { classesInShort } from "../classes/kinds";
import classes from "./people.module.css";

export function Siblings({ student: { siblings } }: { student: Pick<StudentDetails, "siblings"> }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  if (siblings.length === 0) return null;
  return (
    <section>
      <Title order={3} size="sm" mb={4}>
        {t("people.student.siblings")}
      </Title>
      <ul className={classes.lines}>
        {siblings.map((sibling) => (
          <li key={sibling.id}>
            <Anchor
              component="button"
              type="button"
              size="sm"
              onClick={() => void navigate({ to: `/students/${sibling.id}` })}
            >
              <bdi>{listName(sibling)}</bdi>
            </Anchor>
            <Text span size="xs" c="dimmed">
              {[
                classesInShort(sibling.classes),
                sibling.status === "active" ? "" : t(`people.status.${sibling.status}`),
              ]
                .filter((part) => part !== "")
                .join(" · ")}
            </Text>
          </li>
        ))}
      </ul>
    </section>
  );
}
