// The comments on one student, written where they are read: saved by themselves as one types.
import { Button, Group, Stack, Text, Textarea, Title } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import type { ReportComments } from "../../bindings/ReportComments";
import { onFlush } from "../../components/sheet/keptEdits";
import { EmptyState, ErrorState, LoadingShape } from "../../components/states";
import { columnOf, type ClassComments } from "./comments";
import classes from "./reports.module.css";

export function CommentsTab({ comments, student }: { comments: ClassComments; student: string }) {
  const { t } = useTranslation();
  const all = useQuery({ queryKey: comments.queryKey, queryFn: comments.load, placeholderData: keepPreviousData });
  if (all.error !== null && all.data === undefined) return <ErrorState error={all.error} onRetry={() => void all.refetch()} />;
  if (all.data === undefined) return <LoadingShape rows={6} />;
  const { courses, classTeacherWritable, principalWritable, longestCourse, longestGeneral } = all.data;
  if (courses.length === 0 && !classTeacherWritable && !principalWritable) return <EmptyState title={t("reports.comments.none")} />;
  const field = (column: string, label: string, longest: number, writable: boolean, rows: number) => (
    <Comment key={`${student} ${column}`} comments={comments} student={student} column={column} label={label} longest={longest} writable={writable} rows={rows} stored={storedText(all.data, student, column)} />
  );
  return (
    <div className={classes.comments}>
      <Stack gap={4}>
        {field("class_teacher", t("reports.comments.classTeacher"), longestGeneral, classTeacherWritable, 3)}
        {field("principal", t("reports.comments.principal"), longestGeneral, principalWritable, 2)}
        {courses.length > 0 && <Title order={2} size="h3">{t("reports.comments.subjects")}</Title>}
        {courses.map(({ course, subjectTitle, writable }) => field(columnOf("course", course), subjectTitle, longestCourse, writable, 2))}
      </Stack>
    </div>
  );
}

function storedText({ comments }: ReportComments, student: string, column: string): string {
  return comments.find((comment) => comment.student === student && columnOf(comment.kind, comment.course) === column)?.body ?? "";
}

interface CommentProps { comments: ClassComments; student: string; column: string; label: string; longest: number; writable: boolean; rows: number; stored: string }

/** How long after the last key a comment is sent. */
const pause = 700;

function Comment({ comments, student, column, label, longest, writable, rows, stored }: CommentProps) {
  const { t } = useTranslation();
  const kept = comments.kept;
  useSyncExternalStore(kept.subscribe, kept.all);
  const edit = kept.get(student, column);
  const [typed, setTyped] = useState<string | null>(null);
  const [wasSaved, setWasSaved] = useState(false);
  const waiting = useRef<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const send = () => {
    clearTimeout(timer.current);
    const text = waiting.current;
    waiting.current = null;
    if (text !== null) comments.write(student, column, text);
  };
  const latest = useRef(send);
  useLayoutEffect(() => { latest.current = send; });
  // Leaving the student, the screen or the window takes along what was typed last.
  useEffect(() => {
    const forget = onFlush(() => latest.current());
    return () => { forget(); latest.current(); };
  }, []);
  // Once what is stored says the same, neither the field nor the kept edit has to.
  useEffect(() => {
    if (edit?.state === "saved") setWasSaved(true);
    kept.settle((one) => one.row === student && one.column === column && one.text.trim() === stored);
    if (waiting.current === null && typed !== null && typed.trim() === stored) setTyped(null);
  }, [kept, student, column, stored, typed, edit?.state]);

  const text = typed ?? edit?.text ?? stored;
  const write = (next: string) => {
    setTyped(next);
    waiting.current = next;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => latest.current(), pause);
  };
  const left = longest - [...text.trim()].length;
  const theirs = edit?.state === "conflict" ? comments.conflict(student, column) : undefined;
  const error = edit?.state === "refused" ? edit.reason : left < 0 ? t("reports.comments.tooLong", { count: -left }) : undefined;
  const choose = (chosen: string) => { setTyped(null); comments.write(student, column, chosen); };
  return (
    <div>
      <Textarea
        label={label} autosize minRows={rows} maxRows={10} dir="auto" readOnly={!writable} value={text} error={error}
        description={writable ? undefined : t("reports.comments.notYours")}
        onChange={(event) => write(event.currentTarget.value)} onBlur={send}
      />
      <Group justify="space-between" gap="xs" className={classes.below}>
        <Text size="xs" c="dimmed" role="status">{writable && (waiting.current !== null || edit !== undefined || wasSaved) ? t(`reports.comments.state.${waiting.current !== null ? "typing" : edit?.state ?? "saved"}`) : ""}</Text>
        {writable && left < 60 && <Text size="xs" c="dimmed" className="figures">{t("reports.comments.left", { count: Math.max(0, left) })}</Text>}
      </Group>
      {theirs !== undefined && (
        <div className={classes.conflict} role="group" aria-label={t("reports.comments.changed")}>
          <Text size="sm" fw={600}>{t("reports.comments.changed")}</Text>
          <Text size="sm" my={4} dir="auto">{theirs === "" ? t("reports.comments.removed") : theirs}</Text>
          <Group gap="xs">
            <Button onClick={() => choose(text)}>{t("gradebook.trouble.keepMine")}</Button>
            <Button variant="default" onClick={() => choose(theirs)}>{t("gradebook.trouble.takeTheirs")}</Button>
          </Group>
        </div>
      )}
    </div>
  );
}
