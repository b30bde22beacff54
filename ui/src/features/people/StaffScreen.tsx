// The staff: a list with the person beside it.
import { Alert, Anchor, Button, Group, Select, Stack, Text, Title, Tooltip } from "@mantine/core";
import { IconIdBadge2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { deleteStaff, restoreStaff, staffMember } from "../../bindings/operations";
import type { StaffDetails } from "../../bindings/StaffDetails";
import { useListAddress } from "../../components/address";
import { change } from "../../components/change";
import { Facts } from "../../components/Facts";
import { Beside, Pane } from "../../components/Pane";
import { Screen, ScreenHead } from "../../components/ScreenHead";
import { EmptyState, ErrorState, LoadingShape } from "../../components/states";
import { Keys, useScreenKeys } from "../../frame/keys";
import { useTranslation } from "../../i18n";
import { formatDay, formatSchoolDay } from "../../numbers";
import { usePlace, useSession } from "../../session/session";
import { filterIn, noFilter } from "../lists/address";
import { ListTable } from "../lists/ListTable";
import { OwnFilterMenu } from "../lists/OwnFilter";
import { AsOfFilter, AsOfNote } from "./AsOf";
import { Changes } from "./Changes";
import { fullName } from "../../names";
import { reachedFacts } from "./contact";
import classes from "./people.module.css";
import { OwnFields } from "./OwnFields";
import { PortraitHead } from "./PortraitHead";
import { StaffAccount } from "./StaffAccount";
import { Employment, StaffActs } from "./StaffActs";
import { StaffForm } from "./StaffForm";

export default function StaffScreen() {
  const { t } = useTranslation();
  const { may } = useSession();
  const { school } = usePlace();
  const address = useListAddress("/staff");
  const { open, go, choose } = address;
  const schoolId = school?.id ?? "";
  const held = filterIn("staff", address.chosen);
  const { deleted, ownField, ownValue } = held;
  const left = !deleted && held.left;
  const asOf = deleted ? null : held.asOf;
  const mayAdd = may("people.save_staff");
  const add = () => go("new");
  useScreenKeys(mayAdd ? [{ keys: "mod+N", label: t("people.staff.new"), opens: true, run: add }] : []);
  return (
    <Screen
      padded={false}
      head={
        <ScreenHead title={t("people.staff.title")} about={t("people.staff.about", { school: school?.name ?? "" })}>
          {mayAdd && (
            <Tooltip
              label={
                <>
                  {t("people.staff.new")} <Keys keys="mod+N" />
                </>
              }
            >
              <Button onClick={add}>{t("people.staff.new")}</Button>
            </Tooltip>
          )}
        </ScreenHead>
      }
    >
      <Beside
        pane={
          open !== null && open !== "new" ? (
            <StaffPane key={open} staff={open} onClose={() => go(null, { edit: null })} />
          ) : null
        }
      >
        <ListTable
          school={schoolId}
          label={t("people.staff.title")}
          of={{ list: "staff", deleted, left, asOf, ownField, ownValue }}
          address={address}
          initialSort={{ column: "name", order: "ascending" }}
          mayChange={!deleted && asOf === null}
          empty={
            ownField !== null ? (
              <EmptyState
                title={t("people.students.none")}
                action={
                  <Button variant="default" onClick={() => choose(noFilter("staff"))}>
                    {t("people.students.clear")}
                  </Button>
                }
              />
            ) : asOf !== null ? (
              <EmptyState title={t("people.staff.noneThen")} />
            ) : deleted || left ? (
              <EmptyState title={t("people.students.none")} />
            ) : (
              <EmptyState
                icon={<IconIdBadge2 size="2.5rem" stroke={1.25} />}
                title={t("people.staff.empty")}
                action={mayAdd && <Button onClick={add}>{t("people.staff.new")}</Button>}
              >
                {t("people.staff.emptyText")}
              </EmptyState>
            )
          }
          filters={
            <>
              <Select
                size="xs"
                w={130}
                allowDeselect={false}
                aria-label={t("people.students.shown")}
                value={deleted ? "deleted" : left ? "left" : "present"}
                onChange={(value) =>
                  choose({
                    deleted: value === "deleted" ? "yes" : null,
                    left: value === "left" ? "yes" : null,
                    // Those who have left are said of today.
                    asOf: value === "present" ? asOf : null,
                  })
                }
                data={[
                  { value: "present", label: t("people.staff.present") },
                  { value: "left", label: t("people.staff.left") },
                  { value: "deleted", label: t("people.students.deleted") },
                ]}
              />
              <AsOfFilter asOf={asOf} choose={(choices) => choose({ ...choices, left: null, deleted: null })} />
              <OwnFilterMenu school={schoolId} list="staff" filter={held} choose={choose} />
              {asOf !== null && (
                <AsOfNote choose={choose}>{t("people.staff.asOf", { day: formatSchoolDay(asOf) })}</AsOfNote>
              )}
            </>
          }
        />
      </Beside>
      {open === "new" && mayAdd && <StaffForm details={null} onClose={() => go(null)} onSaved={(id) => go(id)} />}
    </Screen>
  );
}

function StaffPane({ staff, onClose }: { staff: string; onClose: () => void }) {
  const { t } = useTranslation();
  const found = useQuery({
    ...staffMember.query({ staff }),
  });
  if (found.data !== undefined) return <OpenStaff details={found.data} onClose={onClose} />;
  return (
    <Pane title={t("people.staff.title")} label={t("people.staff.title")} onClose={onClose}>
      {found.error !== null ? (
        <ErrorState error={found.error} onRetry={() => void found.refetch()} />
      ) : (
        <LoadingShape rows={8} />
      )}
    </Pane>
  );
}

function OpenStaff({ details, onClose }: { details: StaffDetails; onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { may } = useSession();
  const { school } = usePlace();
  const { chosen, choose } = useListAddress("/staff");
  const [opened, setOpened] = useState(0);
  const [account, setAccount] = useState(false);
  const { staff, teaches, classTeacherOf } = details;
  const name = fullName(staff);
  const mayEdit = may("people.save_staff") && !staff.deleted;
  const ids = { school: school?.id ?? "", staff: [staff.id] };
  useScreenKeys(
    mayEdit
      ? [{ keys: "mod+E", label: t("people.staff.edit", { name }), opens: true, run: () => choose({ edit: "yes" }) }]
      : [],
  );
  const classLink = (id: string, label: string) => (
    <Anchor component="button" type="button" size="sm" onClick={() => void navigate({ to: `/classes/${id}` })}>
      {label}
    </Anchor>
  );
  return (
    <Pane
      title={<bdi>{name}</bdi>}
      label={name}
      onClose={onClose}
      actions={
        <>
          {mayEdit && (
            <Tooltip
              label={
                <>
                  {t("common.edit")} <Keys keys="mod+E" />
                </>
              }
            >
              <Button variant="default" onClick={() => choose({ edit: "yes" })}>
                {t("common.edit")}
              </Button>
            </Tooltip>
          )}
          <StaffActs details={details} school={ids.school} />
        </>
      }
    >
      <Stack gap="md">
        <Group wrap="nowrap" align="start">
          <PortraitHead of={{ staff: staff.id }} person={staff} mayEdit={mayEdit} />
          <Employment staff={staff} />
        </Group>
        {staff.deleted && (
          <Alert color="attention" p="xs">
            <Group justify="space-between">
              {t("people.staff.isDeleted")}
              {may("people.restore_staff") && (
                <Button
                  variant="default"
                  onClick={() => void change(() => restoreStaff(ids), t("people.staff.restored", { name }))}
                >
                  {t("common.restore")}
                </Button>
              )}
            </Group>
          </Alert>
        )}
        <Facts
          facts={[
            [t("people.staff.native"), staff.nativeName],
            [t("people.staff.job"), staff.jobTitle],
            [t("people.staff.number"), staff.number],
            [t("people.staff.phone"), staff.phone],
            [t("people.staff.email"), staff.email],
            ...reachedFacts(details),
            [t("people.staff.since"), staff.firstDay === null ? null : formatDay(staff.firstDay)],
            [t("people.staff.until"), staff.lastDay === null ? null : formatDay(staff.lastDay)],
            [t("people.staff.username"), staff.username ?? t("people.staff.noUser")],
          ]}
        />
        <OwnFields of={{ staff: staff.id }} name={name} />
        {staff.username === null && !staff.deleted && may("accounts.make_staff_account") && (
          <Group>
            <Button variant="default" onClick={() => setAccount(true)}>
              {t("accounts.ofStaff.make")}
            </Button>
          </Group>
        )}
        {classTeacherOf.length > 0 && (
          <section>
            <Title order={3} mb={4}>
              {t("people.staff.classTeacher")}
            </Title>
            <Group gap="sm">
              {classTeacherOf.map(({ id, title }) => (
                <span key={id}>{classLink(id, title)}</span>
              ))}
            </Group>
          </section>
        )}
        <section>
          <Title order={3} mb={4}>
            {t("people.staff.teaches")}
          </Title>
          {teaches.length === 0 && (
            <Text size="sm" c="dimmed">
              {t("people.staff.teachesNothing")}
            </Text>
          )}
          <ul className={classes.lines}>
            {teaches.map((course) => (
              <li key={course.course}>
                <span>{course.subjectTitle}</span>
                {classLink(course.class, course.classTitle)}
              </li>
            ))}
          </ul>
        </section>
        {may("upkeep.history") && (
          <section>
            <Title order={3} mb={4}>
              {t("people.student.tabs.history")}
            </Title>
            <Changes school={ids.school} table="staff" row={staff.id} />
          </section>
        )}
        {mayEdit && may("people.delete_staff") && (
          <Group>
            <Button
              variant="subtle"
              color="wrong"
              px={0}
              onClick={() =>
                void change(() => deleteStaff(ids), t("people.staff.deleted", { name })).then((done) => {
                  if (done) onClose();
                })
              }
            >
              {t("common.delete")}
            </Button>
          </Group>
        )}
      </Stack>
      {account && <StaffAccount staff={staff.id} name={name} onClose={() => setAccount(false)} />}
      {mayEdit && chosen("edit") === "yes" && (
        <StaffForm
          key={opened}
          details={details}
          onClose={() => choose({ edit: null })}
          onSaved={() => choose({ edit: null })}
          onReload={() => setOpened(opened + 1)}
        />
      )}
    </Pane>
  );
}
