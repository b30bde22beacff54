// The guardians of the students: found by name, number or e-mail address, each opened in the pane with the children.
import { Button, Checkbox, Select } from "@mantine/core";
import { IconUsers } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { listClasses } from "../../bindings/operations";
import { useListAddress, type ListAddress } from "../../components/address";
import { Beside } from "../../components/Pane";
import { Screen, ScreenHead } from "../../components/ScreenHead";
import { EmptyState } from "../../components/states";
import { useTranslation } from "../../i18n";
import { formatSchoolDay } from "../../numbers";
import { usePlace, useSession } from "../../session/session";
import { useYears, yearOf } from "../classes/ask";
import { classChoices } from "../classes/kinds";
import { filterIn, noFilter } from "../lists/address";
import { FilterMenu } from "../lists/FilterMenu";
import { ListTable } from "../lists/ListTable";
import { OwnFilter } from "../lists/OwnFilter";
import { AsOfFilter, AsOfNote } from "./AsOf";
import { GuardianPane } from "./GuardianPane";
import { StudentsOrGuardians } from "./StudentsOrGuardians";

export default function GuardiansScreen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { may } = useSession();
  const { school } = usePlace();
  const address = useListAddress("/guardians");
  const { open, go, choose } = address;
  const filter = filterIn("guardians", address.chosen);
  const { asOf } = filter;
  const filtered = Object.values(filter).some((part) => part !== null && part !== false);
  return (
    <Screen
      padded={false}
      head={
        <ScreenHead
          title={t("people.guardians.title")}
          about={t("people.guardians.about", { school: school?.name ?? "" })}
        >
          <StudentsOrGuardians shown="guardians" />
          {may("people.merge_guardians") && (
            <Button variant="default" onClick={() => void navigate({ to: "/same-guardians" })}>
              {t("people.same.title")}
            </Button>
          )}
        </ScreenHead>
      }
    >
      <Beside
        pane={
          open === null ? null : <GuardianPane key={open} guardian={open} onClose={() => go(null, { edit: null })} />
        }
      >
        <ListTable
          school={school?.id ?? ""}
          label={t("people.guardians.title")}
          // Those who have left are said of today.
          of={{ list: "guardians", ...filter, left: filter.left && asOf === null }}
          address={address}
          initialSort={{ column: "name", order: "ascending" }}
          mayChange={asOf === null}
          empty={
            filtered ? (
              <EmptyState
                title={t("people.guardians.none")}
                action={
                  <Button variant="default" onClick={() => choose(noFilter("guardians"))}>
                    {t("people.students.clear")}
                  </Button>
                }
              />
            ) : (
              <EmptyState
                icon={<IconUsers size="2.5rem" stroke={1.25} />}
                title={t("people.guardians.empty")}
                action={
                  may("exchange.import_apply") && (
                    <Button onClick={() => void navigate({ to: "/import" })}>{t("people.students.import")}</Button>
                  )
                }
              >
                {t("people.guardians.emptyText")}
              </EmptyState>
            )
          }
          filters={
            <>
              <Filters filter={filter} choose={choose} />
              {asOf !== null && (
                <AsOfNote choose={choose}>{t("people.guardians.asOf", { day: formatSchoolDay(asOf) })}</AsOfNote>
              )}
            </>
          }
        />
      </Beside>
    </Screen>
  );
}

const checks = ["mayCollect", "getsLetters", "withoutPhone", "withoutEmail"] as const;
const more = ["ownField", ...checks] as const;

interface FiltersProps {
  filter: ReturnType<typeof filterIn<"guardians">>;
  choose: ListAddress["choose"];
}

function Filters({ filter, choose }: FiltersProps) {
  const { t } = useTranslation();
  const { school } = usePlace();
  const { class: inClass, asOf, left, noAccess } = filter;
  const schoolId = school?.id ?? "";
  const years = useYears();
  const inYear = useQuery({
    ...listClasses.query({ school: schoolId, year: yearOf(years.data, asOf) }),
    enabled: school !== null,
  });
  return (
    <>
      <Select
        size="xs"
        w={124}
        clearable
        searchable
        placeholder={t("people.students.anyClass")}
        aria-label={t("people.students.class")}
        clearButtonProps={{ "aria-label": t("people.students.anyClass") }}
        data={classChoices(inYear.data ?? [])}
        value={inClass}
        onChange={(id) => choose({ class: id })}
      />
      <Select
        size="xs"
        w={168}
        allowDeselect={false}
        aria-label={t("people.guardians.shown")}
        data={[
          { value: "present", label: t("people.guardians.present") },
          { value: "left", label: t("people.guardians.left") },
          { value: "noAccess", label: t("people.guardians.noAccess") },
        ]}
        value={noAccess ? "noAccess" : left && asOf === null ? "left" : "present"}
        onChange={(value) =>
          choose({
            left: value === "left" ? "yes" : null,
            noAccess: value === "noAccess" ? "yes" : null,
            asOf: value === "left" ? null : asOf,
          })
        }
      />
      <AsOfFilter asOf={asOf} choose={(choices) => choose({ ...choices, left: null })} />
      <FilterMenu filter={filter} parts={more} choose={choose}>
        {() => (
          <>
            <OwnFilter school={schoolId} list="guardians" filter={filter} choose={choose} />
            {checks.map((part) => (
              <Checkbox
                key={part}
                size="xs"
                label={t(`people.guardians.only.${part}`)}
                checked={filter[part]}
                onChange={(event) => choose({ [part]: event.currentTarget.checked ? "yes" : null })}
              />
            ))}
          </>
        )}
      </FilterMenu>
    </>
  );
}
