// The students: found as one types, filtered by class and status and by what else an office looks for, each opened
// in the pane.
import { Button, Menu, Select, Tooltip } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconFileSpreadsheet, IconUpload, IconUsers } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { exportStudents, listClasses } from "../../bindings/operations";
import { useListAddress, type ListAddress } from "../../components/address";
import { refusal } from "../../components/change";
import { Beside } from "../../components/Pane";
import { Screen, ScreenHead } from "../../components/ScreenHead";
import { EmptyState } from "../../components/states";
import { saveArtifact } from "../../files";
import { Keys, useScreenKeys } from "../../frame/keys";
import { useTranslation } from "../../i18n";
import { formatSchoolDay } from "../../numbers";
import { usePlace, useSession } from "../../session/session";
import { useYears, yearOf } from "../classes/ask";
import { classChoices } from "../classes/kinds";
import { filterIn, noFilter } from "../lists/address";
import { ListTable } from "../lists/ListTable";
import { AsOfFilter, AsOfNote } from "./AsOf";
import { LeavesSchoolForm } from "./leaving";
import { MergeForm } from "./MergeForm";
import { MoreFilters } from "./MoreFilters";
import { StudentForm } from "./StudentForm";
import { StudentPane } from "./StudentPane";
import { StudentsOrGuardians } from "./StudentsOrGuardians";
import { statuses } from "./StudentStatus";
import { TransferForm } from "./transfers/TransferForm";
import { TransfersWaiting } from "./transfers/TransfersWaiting";

export default function StudentsScreen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { may } = useSession();
  const { school } = usePlace();
  const address = useListAddress("/students");
  const { open, go, choose } = address;
  const schoolId = school?.id ?? "";
  const filter = filterIn("students", address.chosen);
  const { deleted, asOf } = filter;
  const filtered = Object.values(filter).some((part) => part !== null && part !== false);
  const [leaving, setLeaving] = useState<{ students: readonly string[]; done: () => void } | null>(null);
  const [merging, setMerging] = useState<{ students: readonly [string, string]; done: () => void } | null>(null);
  const [transferring, setTransferring] = useState<{ students: readonly string[]; done: () => void } | null>(null);
  const mayAdd = may("people.save_student");
  const mayWithdraw = may("people.withdraw_students") && !deleted && asOf === null;
  const add = () => go("new");
  useScreenKeys([...(mayAdd ? [{ keys: "mod+N", label: t("people.students.new"), opens: true, run: add }] : [])]);

  const save = async () => {
    try {
      const { artifact, rows } = await exportStudents({ school: schoolId, class: filter.class, format: "xlsx" });
      const path = await saveArtifact(artifact, true);
      if (path !== null)
        notifications.show({ color: "good", message: t("people.students.exported", { count: rows, path }) });
    } catch (reason) {
      refusal(reason);
    }
  };
  const close = () => go(null, { tab: null, edit: null, merge: null });
  const empty = filtered ? (
    <EmptyState
      title={t("people.students.none")}
      action={
        <Button variant="default" onClick={() => choose(noFilter("students"))}>
          {t("people.students.clear")}
        </Button>
      }
    >
      {t("people.students.noneText")}
    </EmptyState>
  ) : (
    <EmptyState
      icon={<IconUsers size="2.5rem" stroke={1.25} />}
      title={t("people.students.empty")}
      action={
        mayAdd && (
          <>
            <Button onClick={() => void navigate({ to: "/import" })}>{t("people.students.import")}</Button>
            <Button variant="default" onClick={add}>
              {t("people.students.new")}
            </Button>
          </>
        )
      }
    >
      {t("people.students.emptyText")}
    </EmptyState>
  );
  return (
    <Screen
      padded={false}
      head={
        <ScreenHead
          title={t("people.students.title")}
          about={t("people.students.about", { school: school?.name ?? "" })}
        >
          <StudentsOrGuardians shown="students" />
          {may("exchange.import_apply") && (
            <Button
              variant="default"
              leftSection={<IconUpload size="1rem" />}
              onClick={() => void navigate({ to: "/import" })}
            >
              {t("people.students.import")}
            </Button>
          )}
          {mayAdd && (
            <Tooltip
              label={
                <>
                  {t("people.students.new")} <Keys keys="mod+N" />
                </>
              }
            >
              <Button onClick={add}>{t("people.students.new")}</Button>
            </Tooltip>
          )}
        </ScreenHead>
      }
    >
      <Beside pane={open !== null && open !== "new" ? <StudentPane key={open} student={open} onClose={close} /> : null}>
        <ListTable
          school={schoolId}
          label={t("people.students.title")}
          of={{ list: "students", ...filter, status: statuses.find((one) => one === filter.status) ?? null }}
          address={address}
          initialSort={{ column: "name", order: "ascending" }}
          empty={empty}
          filters={
            <>
              <Filters filter={filter} choose={choose} />
              {asOf !== null && (
                <AsOfNote choose={choose}>{t("people.students.asOf", { day: formatSchoolDay(asOf) })}</AsOfNote>
              )}
              <TransfersWaiting />
            </>
          }
          mayChoose={mayWithdraw}
          mayChange={!deleted && asOf === null}
          actions={(students, done) => {
            const [one, other, ...more] = students;
            return (
              mayWithdraw && (
                <>
                  <Button variant="default" size="xs" onClick={() => setLeaving({ students, done })}>
                    {t("people.place.leaves")}
                  </Button>
                  {may("people.transfer_students") && (
                    <Button variant="default" size="xs" onClick={() => setTransferring({ students, done })}>
                      {t("people.place.transfer")}
                    </Button>
                  )}
                  {one !== undefined && other !== undefined && more.length === 0 && may("people.merge_students") && (
                    <Button variant="default" size="xs" onClick={() => setMerging({ students: [one, other], done })}>
                      {t("people.merge.act")}
                    </Button>
                  )}
                </>
              )
            );
          }}
          // What is read in again is the school of today.
          moreExports={
            may("exchange.export_students") &&
            asOf === null && (
              <>
                <Menu.Divider />
                <Menu.Item leftSection={<IconFileSpreadsheet size="1rem" />} onClick={() => void save()}>
                  {t("lists.export.again")}
                </Menu.Item>
              </>
            )
          }
        />
      </Beside>
      {merging !== null && (
        <MergeForm
          school={schoolId}
          kept={merging.students[0]}
          other={merging.students[1]}
          onClose={() => setMerging(null)}
          onDone={(kept) => {
            merging.done();
            setMerging(null);
            go(kept);
          }}
        />
      )}
      {leaving !== null && (
        <LeavesSchoolForm
          school={schoolId}
          students={leaving.students}
          onClose={() => setLeaving(null)}
          onDone={() => {
            leaving.done();
            setLeaving(null);
          }}
        />
      )}
      {transferring !== null && (
        <TransferForm
          school={schoolId}
          students={transferring.students}
          onClose={() => setTransferring(null)}
          onDone={() => {
            transferring.done();
            setTransferring(null);
          }}
        />
      )}
      {open === "new" && mayAdd && <StudentForm student={null} onClose={() => go(null)} onSaved={(id) => go(id)} />}
    </Screen>
  );
}

interface FiltersProps {
  filter: ReturnType<typeof filterIn<"students">>;
  choose: ListAddress["choose"];
}

function Filters({ filter, choose }: FiltersProps) {
  const { t } = useTranslation();
  const { school } = usePlace();
  const { class: inClass, status, deleted, asOf } = filter;
  const years = useYears();
  const inYear = useQuery({
    ...listClasses.query({ school: school?.id ?? "", year: yearOf(years.data, asOf) }),
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
        w={124}
        clearable
        placeholder={t("people.students.anyStatus")}
        aria-label={t("people.students.status")}
        clearButtonProps={{ "aria-label": t("people.students.anyStatus") }}
        data={statuses.map((value) => ({ value, label: t(`people.status.${value}`) }))}
        value={status}
        onChange={(value) => choose({ status: value })}
      />
      <Select
        size="xs"
        w={128}
        allowDeselect={false}
        aria-label={t("people.students.shown")}
        data={[
          { value: "no", label: t("people.students.present") },
          { value: "yes", label: t("people.students.deleted") },
        ]}
        value={deleted ? "yes" : "no"}
        onChange={(value) => choose({ deleted: value === "yes" ? "yes" : null })}
      />
      <AsOfFilter asOf={asOf} choose={choose} />
      <MoreFilters school={school?.id ?? ""} filter={filter} choose={choose} />
    </>
  );
}
