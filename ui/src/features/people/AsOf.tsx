// The day on which a list is read: today, unless somebody asks for another one, which the list then says.
import { Button } from "@mantine/core";
import type { ListAddress } from "../../components/address";
import { DayToShow } from "../../components/DateField";
import { isDay } from "../../days";
import { useTranslation } from "../../i18n";
import classes from "./people.module.css";

/** The day that the address names, if it names one. */
export function asOfIn(chosen: ListAddress["chosen"]): string | null {
  const day = chosen("asOf");
  return day !== null && isDay(day) ? day : null;
}

interface AsOfProps {
  asOf: string | null;
  choose: ListAddress["choose"];
}

export function AsOfFilter({ asOf, choose }: AsOfProps) {
  const { t } = useTranslation();
  return (
    <DayToShow
      label={t("people.asOf.label")}
      placeholder={t("people.asOf.hint")}
      w={136}
      value={asOf ?? ""}
      onChange={(day) => choose({ asOf: day })}
      onClear={() => choose({ asOf: null })}
    />
  );
}

/** A line of its own: what is shown of that day, and the way back. */
export function AsOfNote({ children, choose }: { children: string; choose: ListAddress["choose"] }) {
  const { t } = useTranslation();
  return (
    <div className={classes.asOf} role="note">
      <bdi>{children}</bdi>
      <Button variant="default" size="xs" onClick={() => choose({ asOf: null })}>
        {t("people.asOf.today")}
      </Button>
    </div>
  );
}
