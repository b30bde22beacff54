// Beside the sheet: where the total of the student under the cursor comes from, and what is wrong
// with the cell under the cursor, if anything is.
import { Button, Group, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ExplainedPart } from "../../bindings/ExplainedPart";
import type { ExplainedShare } from "../../bindings/ExplainedShare";
import type { ExplainedTotal } from "../../bindings/ExplainedTotal";
import type { GradingRules } from "../../bindings/GradingRules";
import type { MarkSheet } from "../../bindings/MarkSheet";
import { explainTotal } from "../../bindings/operations";
import { Numeral } from "../../components/Numeral";
import { Pane } from "../../components/Pane";
import type { CellView } from "../../components/sheet/types";
import { ErrorState, LoadingShape } from "../../components/states";
import { useTranslation, type Translate } from "../../i18n";
import { decimalsOf, formatFixed, formatNumber, formatTotal } from "../../numbers";
import classes from "./gradebook.module.css";
import type { SheetMarks } from "./marks";

interface ExplainPaneProps {
  sheet: MarkSheet;
  marks: SheetMarks;
  student: string;
  assessment: string | null;
  cell: CellView | null;
  onClose: () => void;
  /** Writes a text into the cell under the cursor. */
  onWrite: (text: string) => void;
}

export function ExplainPane({ sheet, marks, student, assessment, cell, onClose, onWrite }: ExplainPaneProps) {
  const name = sheet.students.find(({ id }) => id === student)?.name ?? "";
  // The cursor runs; the question waits until it rests.
  const [asked] = useDebouncedValue(student, 120);
  const total = useQuery({
    ...explainTotal.query({ course: marks.course, term: marks.term, student: asked }),
    placeholderData: keepPreviousData,
  });
  const { data } = total;
  return (
    <Pane title={<bdi>{name}</bdi>} label={name} onClose={onClose} width={320}>
      {assessment !== null && cell !== null && (
        <CellTrouble
          sheet={sheet}
          marks={marks}
          student={student}
          assessment={assessment}
          cell={cell}
          onWrite={onWrite}
        />
      )}
      {assessment !== null && cell?.idle !== undefined && (
        <div className={classes.outside}>
          <Text size="sm" fw={600}>
            <bdi>{sheet.assessments.find(({ id }) => id === assessment)?.title}</bdi>
          </Text>
          <Text size="sm">{cell.idle}</Text>
        </div>
      )}
      {total.error !== null && data === undefined && (
        <ErrorState error={total.error} onRetry={() => void total.refetch()} />
      )}
      {total.isPending && <LoadingShape rows={6} />}
      {data !== undefined && (
        <div aria-busy={total.isPlaceholderData || asked !== student}>
          <TotalExplained total={data} active={assessment} />
        </div>
      )}
    </Pane>
  );
}

/** A total with everything that it is made of; `active` is the assessment that stands out. */
export function TotalExplained({ total, active }: { total: ExplainedTotal; active: string | null }) {
  const { t } = useTranslation();
  const digits = decimalsOf(total.parts.map(weightOf), 1);
  const shareDigits = decimalsOf(total.shares.map(percentOf), 1);
  return (
    <>
      <Text size="xs" c="dimmed">
        {t("gradebook.explain.total")}
      </Text>
      <div className={classes.sum}>
        <span className={classes.percent}>
          <Numeral>
            {total.percent === null ? "–" : t("gradebook.percent", { value: formatTotal(total.percent, total.rules) })}
          </Numeral>
        </span>
        {total.grade !== null && <Text fw={600}>{total.grade}</Text>}
        {total.passed === false && (
          <Text size="sm" className={classes.failed}>
            {t("gradebook.explain.below", { pass: formatNumber(total.rules.passPercent) })}
          </Text>
        )}
      </div>
      {total.percent === null && (
        <Text size="sm" c="dimmed" mb="sm">
          {t("gradebook.explain.nothing")}
        </Text>
      )}
      {total.parts.map((part) => (
        <Part key={part.category} part={part} digits={digits} rules={total.rules} active={active} />
      ))}
      {total.shares.length > 0 && (
        <Text size="sm" mb="sm">
          {t("gradebook.explain.several")}
        </Text>
      )}
      {total.shares.map((share) => (
        <Share key={share.course} share={share} digits={shareDigits} rules={total.rules} active={active} />
      ))}
      <Text size="xs" c="dimmed" mt="sm">
        {t(
          total.rules.missingCountsAs === "zero" ? "gradebook.explain.missingZero" : "gradebook.explain.missingNothing",
        )}{" "}
        {t("gradebook.explain.excused")}
      </Text>
    </>
  );
}

/** What a course counts of the total, in per cent. */
const percentOf = ({ weight }: ExplainedShare) => 100 * weight;

/** What a course counts of the total of a student who took the subject in several, in words. */
export function shareText(share: ExplainedShare, digits: number, t: Translate): string {
  return share.percent === null
    ? t("gradebook.explain.shareNothing")
    : t("gradebook.explain.share", { share: formatFixed(percentOf(share), digits) });
}

/** One course of several in which a student took the subject. */
function Share({
  share,
  digits,
  rules,
  active,
}: {
  share: ExplainedShare;
  digits: number;
  rules: GradingRules;
  active: string | null;
}) {
  const { t } = useTranslation();
  const weights = decimalsOf(share.parts.map(weightOf), 1);
  return (
    <section className={classes.share} aria-label={share.classTitle}>
      <div className={classes.shareHead}>
        <bdi className="name" dir="auto" title={share.classTitle}>
          {share.classTitle}
        </bdi>
        <Numeral>
          {share.percent === null ? "–" : t("gradebook.percent", { value: formatTotal(share.percent, rules) })}
        </Numeral>
      </div>
      <div className={classes.partText}>{shareText(share, digits, t)}</div>
      {share.parts.map((part) => (
        <Part key={part.category} part={part} digits={weights} rules={rules} active={active} ofShare />
      ))}
    </section>
  );
}

/** What a part counts of the total, in per cent; of one that does not count, what it would. */
const weightOf = ({ gives, weight, effectiveWeight }: ExplainedPart) =>
  100 * (gives === null ? weight : effectiveWeight);

function Part({
  part,
  digits,
  rules,
  active,
  ofShare = false,
}: {
  part: ExplainedPart;
  digits: number;
  rules: GradingRules;
  active: string | null;
  /** Whether its total is that of one course of several. */
  ofShare?: boolean;
}) {
  const { t } = useTranslation();
  const weight = formatFixed(weightOf(part), digits);
  return (
    <section className={classes.part}>
      <div className={classes.partHead}>
        <span>{part.title}</span>
        <Numeral>
          {part.percent === null ? "–" : t("gradebook.percent", { value: formatTotal(part.percent, rules) })}
        </Numeral>
      </div>
      <div className={classes.partText}>
        {part.gives === null
          ? t("gradebook.explain.uncounted", { weight })
          : t(ofShare ? "gradebook.explain.weightInCourse" : "gradebook.explain.weight", {
              share: weight,
              gives: formatTotal(part.gives, rules),
            })}
      </div>
      <table className={classes.marks}>
        <tbody>
          {part.marks.map((mark) => (
            <tr
              key={mark.assessment}
              data-active={mark.assessment === active || undefined}
              data-out={!mark.counts || undefined}
            >
              <td>{mark.title}</td>
              <td className="figures">
                <bdi>
                  {mark.state === "marked"
                    ? t("gradebook.explain.of", { mark: mark.text, maximum: mark.maximum })
                    : t(`gradebook.states.${mark.state}`)}
                </bdi>
              </td>
              <td>
                <Numeral>
                  {mark.percent === null ? "" : t("gradebook.percent", { value: formatTotal(mark.percent, rules) })}
                </Numeral>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** A cell that was not saved: why, and for a conflict both values with a choice. */
function CellTrouble({
  sheet,
  marks,
  student,
  assessment,
  cell,
  onWrite,
}: Required<Omit<ExplainPaneProps, "onClose" | "assessment" | "cell">> & { assessment: string; cell: CellView }) {
  const { t } = useTranslation();
  if (cell.state !== "refused" && cell.state !== "conflict") return null;
  const title = sheet.assessments.find(({ id }) => id === assessment)?.title ?? "";
  const stored = sheet.marks.find((mark) => mark.student === student && mark.assessment === assessment)?.text ?? "";
  const other = cell.state === "conflict" ? marks.conflict(student, assessment) : undefined;
  const theirs = other?.text ?? stored;
  const said = (text: string) => (text === "" ? t("gradebook.conflict.empty") : text);
  return (
    <div className={classes.cell} role="group" aria-label={t("gradebook.trouble.label", { title })}>
      <Text size="sm" fw={600}>
        {t(other === undefined ? "gradebook.trouble.refused" : "gradebook.trouble.conflict", { title })}
      </Text>
      <Text size="sm">{cell.reason}</Text>
      <dl className={classes.values}>
        <dt>{t("gradebook.trouble.yours")}</dt>
        <dd>{said(cell.text)}</dd>
        <dt>{other === undefined ? t("gradebook.trouble.stored") : (other.by ?? t("gradebook.conflict.somebody"))}</dt>
        <dd>{said(theirs)}</dd>
      </dl>
      <Group gap="xs">
        {other !== undefined && <Button onClick={() => onWrite(cell.text)}>{t("gradebook.trouble.keepMine")}</Button>}
        <Button variant="default" onClick={() => onWrite(theirs)}>
          {t(other === undefined ? "gradebook.trouble.restore" : "gradebook.trouble.takeTheirs")}
        </Button>
      </Group>
    </div>
  );
}
