// Who is there already, and who is missing and why the camera may not know them.
import { toneOf } from "../../../components/meanings";
import type { MissingStudent } from "../../../bindings/MissingStudent";
import type { PresentStudent } from "../../../bindings/PresentStudent";
import { PersonName } from "../../../components/PersonName";
import { Signal } from "../../../components/Signal";
import { useTranslation, type Translate } from "../../../i18n";
import classes from "../attendance.module.css";
import { Source } from "../words";
import type { Listed } from "./Proposals";

export function Missing({ students, listed }: { students: readonly MissingStudent[]; listed: Listed }) {
  const { t } = useTranslation();
  if (students.length === 0) return null;
  return (
    <details className={classes.fold} open={students.length <= 8}>
      <summary>
        <bdi>{t("attendance.live.missing", { count: students.length })}</bdi>
      </summary>
      <ul className={classes.list}>
        {students.map((one) => (
          <li key={one.student}>
            <PersonName name={listed(one)} />
            <Why student={one} t={t} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function Why({ student: { meaning, rejected, canBeRecognised }, t }: { student: MissingStudent; t: Translate }) {
  if (meaning !== null) return <Signal tone={toneOf[meaning]}>{t(`attendance.meaning.${meaning}`)}</Signal>;
  if (rejected) return <span className={classes.hint}>{t("attendance.live.rejected")}</span>;
  return canBeRecognised ? null : <span className={classes.hint}>{t("attendance.live.byHandOnly")}</span>;
}

export function Present({ students, listed }: { students: readonly PresentStudent[]; listed: Listed }) {
  const { t } = useTranslation();
  if (students.length === 0) return null;
  return (
    <details className={classes.fold}>
      <summary>
        <bdi>{t("attendance.live.present", { count: students.length })}</bdi>
      </summary>
      <ul className={classes.list}>
        {students.map(({ student, name, meaning, source }) => (
          <li key={student}>
            <PersonName name={listed({ student, name })} />
            {meaning !== "present" && <Signal tone={toneOf[meaning]}>{t(`attendance.meaning.${meaning}`)}</Signal>}
            <Source source={source} />
          </li>
        ))}
      </ul>
    </details>
  );
}
