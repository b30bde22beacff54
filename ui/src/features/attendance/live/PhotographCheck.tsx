// The register from one photograph of the class: faces with names, confirmed together.
import { Alert, Button, FileButton, Text } from "@mantine/core";
import { IconPhoto } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CheckedFace } from "../../../bindings/CheckedFace";
import type { CheckedPhotograph } from "../../../bindings/CheckedPhotograph";
import { checkPhotograph, recordAttendance } from "../../../bindings/operations";
import type { Register } from "../../../bindings/Register";
import { asOperationError } from "../../../bridge";
import { FaceBoxes } from "../../../components/camera/FaceBoxes";
import view from "../../../components/camera/camera.module.css";
import { refusal } from "../../../components/change";
import { PersonName } from "../../../components/PersonName";
import { Signal } from "../../../components/Signal";
import { offerUndo } from "../../../components/undo";
import { upload } from "../../../files";
import { errorText, type Translate } from "../../../i18n";
import { queries } from "../../../session/queries";
import classes from "../attendance.module.css";
import { nothing, type RegisterCells, type Value } from "../cells";
import { WhoIsIt, type Choice } from "./Proposals";

interface PhotographCheckProps { cells: RegisterCells; register: Register; values: ReadonlyMap<string, Value>; students: readonly Choice[] }

function boxOf(face: CheckedFace, { width, height }: CheckedPhotograph, id: number, t: Translate) {
  const [x, y, w, h] = face.box;
  const label = face.student !== null ? `✓ ${face.student.name}` : face.unsure ? `? ${face.candidates[0]?.name ?? ""}` : t("camera.faces.unknown");
  return { id, box: [x / width, y / height, w / width, h / height] as const, tone: face.student !== null ? "good" as const : face.unsure ? "attention" as const : "neutral" as const, label };
}

export function PhotographCheck({ cells, register, values, students }: PhotographCheckProps) {
  const { t } = useTranslation();
  const [shown, setShown] = useState<string | null>(null);
  const [decided, setDecided] = useState<ReadonlySet<number>>(new Set());
  // The photograph is looked at and let go: its address ends with the pane, or with the next one.
  useEffect(() => () => { if (shown !== null) URL.revokeObjectURL(shown); }, [shown]);
  const check = useMutation({ mutationFn: async (file: File) => checkPhotograph({ class: cells.of.class, upload: await upload(file) }) });
  const look = (file: File | null) => {
    if (file === null) return;
    setShown(URL.createObjectURL(file));
    setDecided(new Set());
    check.mutate(file);
  };
  const found = check.data;
  const present = register.codes.find(({ meaning }) => meaning === "present")?.id ?? null;
  const waiting = (found?.faces ?? []).flatMap(({ student }) => (student !== null && values.get(student.id)?.code === null ? [student] : []));
  const confirm = async () => {
    try {
      await cells.kept.flush();
      const { cells: written, undo } = await recordAttendance({ ...cells.of, source: "photograph", marks: waiting.map(({ id }) => ({ student: id, code: present })) });
      if (undo !== null) {
        cells.remember(undo);
        offerUndo(t("attendance.live.confirmed", { count: written.filter(({ result }) => result.outcome === "saved").length }), () => cells.undoEntry(undo));
      }
      await queries.invalidateQueries({ queryKey: cells.queryKey as unknown[] });
    } catch (reason) {
      refusal(reason);
    }
  };
  const decide = (place: number, right: string | null) => {
    setDecided((before) => new Set(before).add(place));
    if (right !== null) cells.put([{ student: right, value: { ...nothing, code: present } }]);
  };
  return (
    <div className={classes.sides}>
      <Text size="sm" c="dimmed">{t("attendance.live.photographText")}</Text>
      <FileButton accept="image/*" onChange={look} inputProps={{ "aria-label": t("attendance.live.choosePhotograph") }}>
        {(props) => <Button {...props} variant={shown === null ? "light" : "default"} leftSection={<IconPhoto size={16} />} loading={check.isPending}>{t(shown === null ? "attendance.live.choosePhotograph" : "attendance.live.another")}</Button>}
      </FileButton>
      {check.error !== null && <Alert color="wrong" role="alert" p="xs">{errorText(check.error)} {asOperationError(check.error).help}</Alert>}
      {shown !== null && check.error === null && (
        <div className={view.view}>
          <img src={shown} alt={t("attendance.live.photograph")} />
          {found !== undefined && <FaceBoxes faces={found.faces.map((face, place) => boxOf(face, found, place, t))} />}
        </div>
      )}
      {check.isPending && <Text size="sm" role="status">{t("attendance.live.checking")}</Text>}
      {found !== undefined && (
        <>
          <Text size="xs" c="dimmed" role="status">{found.faces.length === 0 ? t("attendance.live.noFaces") : t("attendance.live.found", { count: found.faces.length, compared: found.comparedWith })}</Text>
          {found.faces.map((face, place) => (face.unsure && !decided.has(place) ? (
            <section key={place} className={classes.unsure} aria-label={t("attendance.live.unsure")}>
              <div><Signal tone="attention" sign="?">{t("attendance.live.unsure")}</Signal></div>
              <div className={classes.candidates}>{face.candidates.map(({ id, name }) => <Button key={id} variant="default" onClick={() => decide(place, id)}><PersonName name={name} /></Button>)}</div>
              <WhoIsIt students={students} onDecide={(right) => decide(place, right)} />
            </section>
          ) : null))}
          <ul className={classes.list}>
            {found.faces.flatMap(({ student }) => (student === null ? [] : [(
              <li key={student.id}><PersonName name={student.name} />{values.get(student.id)?.code === null ? <Signal tone="good" sign="◉">{t("attendance.register.seen")}</Signal> : <Signal tone="neutral">{t("attendance.live.alreadyMarked")}</Signal>}</li>
            )]))}
          </ul>
          {waiting.length > 0 && <Button variant="light" onClick={() => void confirm()}>{t("attendance.live.confirmAll", { count: waiting.length })}</Button>}
        </>
      )}
    </div>
  );
}
