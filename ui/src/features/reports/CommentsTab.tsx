// The comments on one student, or one comment on every student, written where they are read: saved by
// themselves as one types.
import { Button, Group, Select, Stack, Text, Textarea, Title } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore, type KeyboardEvent } from "react";
import type { ReportComments } from "../../bindings/ReportComments";
import { onFlush } from "../../components/sheet/keptEdits";
import { KeptNote } from "../../components/sheet/KeptNote";
import { EmptyState, ErrorState, LoadingShape } from "../../components/states";
import { Keys, useScreenKeys } from "../../frame/keys";
import { useTranslation } from "../../i18n";
import { columnOf, type ClassComments } from "./comments";
import classes from "./reports.module.css";

interface CommentsTabProps {
  comments: ClassComments;
  student: string;
  /** The comment that is written next, after the key for the next student. */
  focused: string | undefined;
  /** Goes to another student, to write the same comment there. */
  onStep: (by: number, column: string) => void;
}

/** All comments on one student. */
export function CommentsTab({ comments, student, focused, onStep }: CommentsTabProps) {
  const { t } = useTranslation();
  useStepKeys();
  const all = useQuery({ ...comments.asked, queryFn: comments.load, placeholderData: keepPreviousData });
  if (all.error !== null && all.data === undefined)
    return <ErrorState error={all.error} onRetry={() => void all.refetch()} />;
  if (all.data === undefined) return <LoadingShape rows={6} />;
  const { courses, classTeacherWritable, principalWritable, longestCourse, longestGeneral } = all.data;
  const taken = courses.filter(({ students }) => students.includes(student));
  if (taken.length === 0 && !classTeacherWritable && !principalWritable)
    return <EmptyState title={t("reports.comments.none")} />;
  const field = (column: string, label: string, longest: number, writable: boolean, rows: number) => (
    <Comment
      key={`${student} ${column}`}
      autoFocus={column === focused}
      comments={comments}
      student={student}
      column={column}
      label={label}
      longest={longest}
      writable={writable}
      rows={rows}
      stored={storedText(all.data, student, column)}
    />
  );
  return (
    <div
      className={classes.comments}
      onKeyDown={(event) => {
        const by = stepOf(event);
        const column =
          event.target instanceof HTMLElement
            ? event.target.closest("[data-column]")?.getAttribute("data-column")
            : undefined;
        if (by === undefined || column == null) return;
        event.preventDefault();
        onStep(by, column);
      }}
    >
      <KeptNote sheet={comments.kept} />
      <Stack gap={4}>
        {field("class_teacher", t("reports.comments.classTeacher"), longestGeneral, classTeacherWritable, 3)}
        {field("principal", t("reports.comments.principal"), longestGeneral, principalWritable, 2)}
        {taken.length > 0 && (
          <Title order={2} size="h3">
            {t("reports.comments.subjects")}
          </Title>
        )}
        {taken.map(({ course, subjectTitle, writable }) =>
          field(columnOf("course", course), subjectTitle, longestCourse, writable, 2),
        )}
      </Stack>
    </div>
  );
}

/** Lists the keys of the comments; the fields handle them. */
function useStepKeys(): void {
  const { t } = useTranslation();
  useScreenKeys([
    { keys: "alt+ArrowDown", label: t("reports.comments.next"), run: () => undefined, shownOnly: true },
    { keys: "alt+ArrowUp", label: t("reports.comments.previous"), run: () => undefined, shownOnly: true },
  ]);
}

/** Where the keys of the comments go: one student down or up. */
function stepOf(event: KeyboardEvent): number | undefined {
  if (event.nativeEvent.isComposing || event.shiftKey || !(event.altKey || event.ctrlKey || event.metaKey))
    return undefined;
  return { ArrowDown: 1, ArrowUp: -1, Enter: 1 }[event.key];
}

interface DownTheClassProps {
  comments: ClassComments;
  column: string | undefined;
  student: string;
  onColumn: (column: string) => void;
  onStudent: (student: string) => void;
}

/** One comment (of a subject, the class teacher, the principal) on every student of the class. */
export function DownTheClass({ comments, column, student, onColumn, onStudent }: DownTheClassProps) {
  const { t } = useTranslation();
  const list = useRef<HTMLDivElement>(null);
  const all = useQuery({ ...comments.asked, queryFn: comments.load, placeholderData: keepPreviousData });
  // The student chosen in the list beside comes into sight; who is typing stays where they are.
  // biome-ignore lint/correctness/useExhaustiveDependencies(all.isSuccess): before it there is no list.
  useEffect(() => {
    const { current } = list;
    if (current !== null && !current.contains(document.activeElement))
      current.querySelector(`[data-student="${student}"]`)?.scrollIntoView({ block: "nearest" });
  }, [student, all.isSuccess]);
  useStepKeys();
  if (all.error !== null && all.data === undefined)
    return <ErrorState error={all.error} onRetry={() => void all.refetch()} />;
  if (all.data === undefined) return <LoadingShape rows={6} />;
  const { courses, students, classTeacherWritable, principalWritable, longestCourse, longestGeneral } = all.data;
  const columns = [
    ...courses.map(({ course, subjectTitle, classTitle, students: takers, writable }) => ({
      value: columnOf("course", course),
      // Of several sets of a subject each says which it is.
      label:
        courses.filter((other) => other.subjectTitle === subjectTitle).length > 1
          ? t("reports.comments.inClass", { subject: subjectTitle, class: classTitle })
          : subjectTitle,
      writable,
      longest: longestCourse,
      takers: new Set(takers),
    })),
    {
      value: "class_teacher",
      label: t("reports.comments.classTeacher"),
      writable: classTeacherWritable,
      longest: longestGeneral,
      takers: undefined,
    },
    {
      value: "principal",
      label: t("reports.comments.principal"),
      writable: principalWritable,
      longest: longestGeneral,
      takers: undefined,
    },
  ];
  const shown = columns.find(({ value }) => value === column) ?? columns.find(({ writable }) => writable) ?? columns[0];
  if (shown === undefined) return <EmptyState title={t("reports.comments.none")} />;
  const onKeyDown = (event: KeyboardEvent) => {
    const by = stepOf(event);
    if (by === undefined) return;
    event.preventDefault();
    const fields = [...(list.current?.querySelectorAll("textarea") ?? [])].filter(
      (one) => one.getAttribute("aria-hidden") !== "true",
    );
    const next = fields[fields.indexOf(event.target as HTMLTextAreaElement) + by];
    if (next === undefined) return;
    next.focus();
    next.setSelectionRange(next.value.length, next.value.length);
    next.closest("[data-student]")?.scrollIntoView({ block: "nearest" });
  };
  return (
    <div className={classes.comments} ref={list} onKeyDown={onKeyDown}>
      <Group justify="space-between" gap="xs" className={classes.column}>
        <Select
          size="xs"
          w={220}
          searchable
          allowDeselect={false}
          aria-label={t("reports.comments.column")}
          data={columns.map(({ value, label }) => ({ value, label }))}
          value={shown.value}
          onChange={(next) => {
            if (next !== null) onColumn(next);
          }}
        />
        <Text size="xs" c="dimmed">
          <Keys keys="alt+ArrowDown" /> {t("reports.comments.goOn")}
        </Text>
      </Group>
      <Stack gap={4}>
        {students
          .filter(({ id }) => shown.takers?.has(id) ?? true)
          .map(({ id, listName }) => (
            <div
              key={id}
              data-student={id}
              onFocus={({ currentTarget }) => {
                currentTarget.scrollIntoView({ block: "nearest" });
                if (id !== student) onStudent(id);
              }}
            >
              <Comment
                key={`${id} ${shown.value}`}
                autoFocus={false}
                comments={comments}
                student={id}
                column={shown.value}
                label={listName}
                longest={shown.longest}
                writable={shown.writable}
                rows={2}
                stored={storedText(all.data, id, shown.value)}
              />
            </div>
          ))}
      </Stack>
    </div>
  );
}

function storedText({ comments }: ReportComments, student: string, column: string): string {
  return (
    comments.find((comment) => comment.student === student && columnOf(comment.kind, comment.course) === column)
      ?.body ?? ""
  );
}

interface CommentProps {
  comments: ClassComments;
  student: string;
  column: string;
  label: string;
  longest: number;
  writable: boolean;
  rows: number;
  stored: string;
  autoFocus: boolean;
}

/** How long after the last key a comment is sent. */
const pause = 700;

function Comment({ comments, student, column, label, longest, writable, rows, stored, autoFocus }: CommentProps) {
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
  useLayoutEffect(() => {
    latest.current = send;
  });
  // Leaving the student, the screen or the window takes along what was typed last.
  useEffect(() => {
    const forget = onFlush(() => latest.current());
    return () => {
      forget();
      latest.current();
    };
  }, []);
  // Once what is stored says the same, neither the field nor the kept edit has to.
  useEffect(() => {
    if (edit?.state === "saved") setWasSaved(true);
    kept.settle((one) => one.row === student && one.column === column && one.text.trim() === stored);
    if (waiting.current === null && typed !== null && typed.trim() === stored) setTyped(null);
  }, [kept, student, column, stored, typed, edit?.state]);

  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (autoFocus && field.current !== null) {
      field.current.focus();
      field.current.setSelectionRange(field.current.value.length, field.current.value.length);
    }
  }, [autoFocus]);

  const text = typed ?? edit?.text ?? stored;
  const write = (next: string) => {
    setTyped(next);
    waiting.current = next;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => latest.current(), pause);
  };
  const left = longest - [...text.trim()].length;
  const theirs = edit?.state === "conflict" ? comments.conflict(student, column) : undefined;
  const error =
    edit?.state === "refused" ? edit.reason : left < 0 ? t("reports.comments.tooLong", { count: -left }) : undefined;
  const choose = (chosen: string) => {
    setTyped(null);
    comments.write(student, column, chosen);
  };
  return (
    <div data-column={column}>
      <Textarea
        label={<bdi>{label}</bdi>}
        ref={field}
        autosize
        minRows={rows}
        maxRows={10}
        dir="auto"
        readOnly={!writable}
        value={text}
        error={error}
        description={writable ? undefined : t("reports.comments.notYours")}
        onChange={(event) => write(event.currentTarget.value)}
        onBlur={send}
      />
      <Group justify="space-between" gap="xs" className={classes.below}>
        <Text size="xs" c="dimmed" role="status">
          {writable && (waiting.current !== null || edit !== undefined || wasSaved)
            ? t(`reports.comments.state.${waiting.current !== null ? "typing" : (edit?.state ?? "saved")}`)
            : ""}
        </Text>
        {writable && left < 60 && (
          <Text size="xs" c="dimmed" className="figures">
            {t("reports.comments.left", { count: Math.max(0, left) })}
          </Text>
        )}
      </Group>
      {theirs !== undefined && (
        <div className={classes.conflict} role="group" aria-label={t("reports.comments.changed")}>
          <Text size="sm" fw={600}>
            {t("reports.comments.changed")}
          </Text>
          <Text size="sm" my={4} dir="auto">
            {theirs === "" ? t("reports.comments.removed") : theirs}
          </Text>
          <Group gap="xs">
            <Button onClick={() => choose(text)}>{t("gradebook.trouble.keepMine")}</Button>
            <Button variant="default" onClick={() => choose(theirs)}>
              {t("gradebook.trouble.takeTheirs")}
            </Button>
          </Group>
        </div>
      )}
    </div>
  );
}
