// What is left of a course that was handed over: the marks that one typed, to be read until the term is over.
import { Alert, Table, VisuallyHidden } from "@mantine/core";
import type { ReactNode } from "react";
import type { MarkSheet } from "../../bindings/MarkSheet";
import { PersonName } from "../../components/PersonName";
import { Screen, ScreenHead } from "../../components/ScreenHead";
import { useTranslation } from "../../i18n";
import classes from "./gradebook.module.css";

export function OwnEntries({ sheet, choice }: { sheet: MarkSheet; choice: ReactNode }) {
  const { t } = useTranslation();
  const title = t("gradebook.sheet.title", { subject: sheet.subjectTitle, class: sheet.classTitle });
  const outside = new Set(sheet.outside.map(({ student, assessment }) => `${student}:${assessment}`));
  const texts = new Map(sheet.marks.map(({ student, assessment, text }) => [`${student}:${assessment}`, text]));
  return (
    <Screen
      head={
        <ScreenHead title={title} about={sheet.termTitle}>
          {choice}
        </ScreenHead>
      }
    >
      <Alert color="attention" p="sm" mb="md" title={t("gradebook.handedOver.title")}>
        {t("gradebook.handedOver.text", { term: sheet.termTitle })}
      </Alert>
      <Table.ScrollContainer minWidth={320}>
        <Table
          stickyHeader
          aria-label={t("gradebook.sheet.label", { subject: sheet.subjectTitle, class: sheet.classTitle })}
        >
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t("gradebook.sheet.student")}</Table.Th>
              {sheet.assessments.map((one) => (
                <Table.Th key={one.id} scope="col" ta="end">
                  <bdi>{one.title}</bdi>
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {sheet.students.map((student) => (
              <Table.Tr key={student.id}>
                <Table.Th scope="row">
                  <PersonName name={student.name} />
                </Table.Th>
                {sheet.assessments.map((one) => {
                  const text = texts.get(`${student.id}:${one.id}`) ?? "";
                  const idle = text !== "" && outside.has(`${student.id}:${one.id}`);
                  return (
                    <Table.Td key={one.id} ta="end" className="figures">
                      <bdi
                        className={idle ? classes.idle : undefined}
                        title={idle ? t("gradebook.sheet.outside") : undefined}
                      >
                        {text}
                      </bdi>
                      {idle && <VisuallyHidden>{t("gradebook.sheet.outside")}</VisuallyHidden>}
                    </Table.Td>
                  );
                })}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Screen>
  );
}
