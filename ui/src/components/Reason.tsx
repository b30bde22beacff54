// The reason of an absence, typed where the absence is listed: Enter or leaving the field saves it in the register.
import { TextInput } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { recordAttendance } from "../bindings/operations";
import { errorText, useTranslation } from "../i18n";
import { said as offered } from "./change";

/** The cell of the register that the reason belongs to, as it was seen. */
export interface AbsentCell {
  class: string;
  date: string;
  lesson: number;
  student: string;
  code: string;
  version: number;
}

interface ReasonProps {
  cell: AbsentCell;
  name: string;
  reason: string | null;
}

export function Reason({ cell, name, reason }: ReasonProps) {
  const { t } = useTranslation();
  // What was typed stands until it is saved; then the list shows what is stored, whoever wrote it last.
  const [typed, setTyped] = useState<string | null>(null);
  const [state, setState] = useState<{ saving: boolean; failure: string | null }>({ saving: false, failure: null });
  const kept = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies(cell.version): a new version is the moment at which what was typed gives way.
  useEffect(() => {
    if (kept.current) setTyped(null);
  }, [cell.version]);
  const save = async () => {
    const said = (typed ?? reason ?? "").trim();
    if (state.saving || said === (reason ?? "")) return;
    setState({ saving: true, failure: null });
    const { class: of, date, lesson, student, code, version } = cell;
    try {
      const { cells, undo } = await recordAttendance({
        class: of,
        date,
        lesson,
        marks: [{ student, code, reason: said === "" ? null : said, seenVersion: version }],
      });
      // Somebody else wrote in the meantime: the list is asked again and shows what, and nothing typed is lost.
      const other = cells.some(({ result }) => result.outcome !== "saved");
      kept.current = !other;
      setState({ saving: false, failure: other ? t("attendance.absent.other") : null });
      if (undo !== null) offered(t("attendance.absent.saved", { name }), undo);
    } catch (error) {
      setState({ saving: false, failure: errorText(error) });
    }
  };
  return (
    <TextInput
      size="xs"
      aria-label={t("attendance.absent.reasonOf", { name })}
      placeholder={t("attendance.absent.type")}
      maxLength={200}
      value={typed ?? reason ?? ""}
      error={state.failure}
      disabled={state.saving}
      onChange={(event) => {
        kept.current = false;
        setTyped(event.currentTarget.value);
      }}
      onBlur={() => void save()}
      onClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        event.stopPropagation(); // The list beneath has keys of its own.
        if (event.key === "Enter") void save();
        if (event.key === "Escape" && typed !== null) {
          event.preventDefault();
          kept.current = true;
          setTyped(null);
          setState({ saving: false, failure: null });
        }
      }}
    />
  );
}
