// The classes of a year, each opened in the pane with its students and courses.
import { Button, Group, Select, Tooltip } from "@mantine/core";
import { IconSchool } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useListAddress } from "../../components/address";
import { Beside } from "../../components/Pane";
import { Screen, ScreenHead } from "../../components/ScreenHead";
import { EmptyState } from "../../components/states";
import { Keys, useScreenKeys } from "../../frame/keys";
import { useTranslation } from "../../i18n";
import { formatSchoolDay } from "../../numbers";
import { usePlace, useSession } from "../../session/session";
import { filterIn } from "../lists/address";
import { ListTable } from "../lists/ListTable";
import { OwnFilterMenu } from "../lists/OwnFilter";
import { AsOfFilter, asOfIn, AsOfNote } from "../people/AsOf";
import { useYears, yearOf } from "./ask";
import { kinds } from "./kinds";
import { ClassesOrCourses } from "./ClassesOrCourses";
import { DeletedFilter, YearFilter } from "./filters";
import { ClassForm } from "./ClassForm";
import { CopyForm } from "./CopyForm";
import { ClassPane } from "./ClassPane";

export default function ClassesScreen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { may } = useSession();
  const { school } = usePlace();
  const address = useListAddress("/classes");
  const { open, chosen, go, choose } = address;
  const years = useYears();
  const schoolId = school?.id ?? "";
  const asOf = asOfIn(chosen);
  // A day of another year is looked at in its own.
  const yearId = chosen("year") ?? yearOf(years.data, asOf);
  const year =
    years.data?.find(({ id }) => id === yearId) ??
    years.data?.find(({ current }) => current) ??
    years.data?.[0] ??
    null;
  const deleted = chosen("deleted") === "yes";
  const own = filterIn("classes", chosen);
  const kind = kinds.find((one) => one === chosen("kind")) ?? null;
  const mayAdd = may("classes.save_class") && year !== null;
  const mayCopy = may("classes.copy_classes") && year !== null && (years.data?.length ?? 0) > 1;
  const add = () => go("new");
  useScreenKeys(mayAdd ? [{ keys: "mod+N", label: t("classes.list.new"), opens: true, run: add }] : []);
  const head = (
    <ScreenHead
      title={t("classes.list.title")}
      about={t("classes.list.about", { year: year?.title ?? t("classes.list.noYear") })}
    >
      <ClassesOrCourses shown="classes" />
      {may("classes.roll_over") && year !== null && (
        <Button variant="default" onClick={() => void navigate({ to: "/classes/rollover" })}>
          {t("classes.rollover.open")}
        </Button>
      )}
      {mayCopy && (
        <Button variant="default" onClick={() => go("copy")}>
          {t("classes.copy.open")}
        </Button>
      )}
      {mayAdd && (
        <Tooltip
          label={
            <>
              {t("classes.list.new")} <Keys keys="mod+N" />
            </>
          }
        >
          <Button onClick={add}>{t("classes.list.new")}</Button>
        </Tooltip>
      )}
    </ScreenHead>
  );
  if (years.data?.length === 0) {
    return (
      <Screen head={head}>
        <EmptyState
          title={t("classes.list.needsYear")}
          action={
            may("schools.save_year") && (
              <Button onClick={() => void navigate({ to: "/settings/years" })}>{t("classes.list.settings")}</Button>
            )
          }
        >
          {t("classes.list.needsYearText")}
        </EmptyState>
      </Screen>
    );
  }
  const empty = deleted ? (
    <EmptyState title={t("classes.list.none")} />
  ) : kind !== null || own.ownField !== null ? (
    <EmptyState
      title={t(own.ownField === null ? "classes.list.noneOfKind" : "classes.list.noneSo")}
      action={
        <Button variant="default" onClick={() => choose({ kind: null, ownField: null, ownValue: null })}>
          {t("classes.list.showAll")}
        </Button>
      }
    />
  ) : (
    <EmptyState
      icon={<IconSchool size="2.5rem" stroke={1.25} />}
      title={t("classes.list.empty")}
      action={
        mayAdd && (
          <Group justify="center">
            {mayCopy && <Button onClick={() => go("copy")}>{t("classes.copy.open")}</Button>}
            <Button variant={mayCopy ? "default" : "filled"} onClick={add}>
              {t("classes.list.new")}
            </Button>
          </Group>
        )
      }
    >
      {t("classes.list.emptyText")}
    </EmptyState>
  );
  return (
    <Screen padded={false} head={head}>
      <Beside
        pane={
          open !== null && open !== "new" && open !== "copy" ? (
            <ClassPane key={open} id={open} asOf={asOf} onClose={() => go(null, { tab: null, edit: null })} />
          ) : null
        }
      >
        <ListTable
          school={schoolId}
          label={t("classes.list.title")}
          of={{ list: "classes", year: yearId, kind, deleted, asOf, ownField: own.ownField, ownValue: own.ownValue }}
          address={address}
          initialSort={{ column: "title", order: "ascending" }}
          mayChange={!deleted && asOf === null}
          empty={empty}
          filters={
            <>
              <YearFilter years={years.data ?? []} year={year?.id ?? null} choose={choose} />
              <Select
                size="xs"
                w={152}
                clearable
                placeholder={t("classes.list.anyKind")}
                aria-label={t("classes.kind.label")}
                clearButtonProps={{ "aria-label": t("classes.list.anyKind") }}
                value={kind}
                onChange={(next) => choose({ kind: next })}
                data={kinds.map((value) => ({
                  value,
                  label: t(value === "group" ? "classes.kind.groups" : "classes.kind.homerooms"),
                }))}
              />
              <DeletedFilter deleted={deleted} choose={choose} />
              <AsOfFilter asOf={asOf} choose={choose} />
              <OwnFilterMenu school={schoolId} list="classes" filter={own} choose={choose} />
              {asOf !== null && (
                <AsOfNote choose={choose}>{t("classes.list.asOf", { day: formatSchoolDay(asOf) })}</AsOfNote>
              )}
            </>
          }
        />
      </Beside>
      {open === "new" && mayAdd && (
        <ClassForm details={null} year={year.id} onClose={() => go(null)} onSaved={(id) => go(id)} />
      )}
      {open === "copy" && mayCopy && (
        <CopyForm key={year.id} school={schoolId} year={year} years={years.data ?? []} onClose={() => go(null)} />
      )}
    </Screen>
  );
}
