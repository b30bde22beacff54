// What can be done about somebody's employment, in the menu of the pane: to leave the school, to work there again.
import { ActionIcon, Menu, Text } from "@mantine/core";
import { IconDoorEnter, IconDoorExit, IconDots } from "@tabler/icons-react";
import { useState } from "react";
import { resumeEmployment } from "../../bindings/operations";
import type { StaffDetails } from "../../bindings/StaffDetails";
import type { StaffRow } from "../../bindings/StaffRow";
import type { Undoable } from "../../bindings/Undoable";
import { said } from "../../components/change";
import { DateField, dayNeeded } from "../../components/DateField";
import { useDraft } from "../../components/draft";
import { FormModal } from "../../components/FormModal";
import { Signal } from "../../components/Signal";
import { useTranslation } from "../../i18n";
import { fullName } from "../../names";
import { formatDay } from "../../numbers";
import { usePlace, useSession } from "../../session/session";
import { EndEmploymentForm } from "./EndEmployment";

/** Where somebody is not simply there: begins, leaves or left, with the day. */
export function Employment({ staff }: { staff: Pick<StaffRow, "firstDay" | "lastDay"> }) {
  const { t } = useTranslation();
  const today = usePlace().school?.today ?? "";
  const { firstDay, lastDay } = staff;
  const text =
    lastDay !== null
      ? t(lastDay < today ? "people.staff.leftOn" : "people.staff.leavesOn", { day: formatDay(lastDay) })
      : firstDay !== null && firstDay > today
        ? t("people.staff.beginsOn", { day: formatDay(firstDay) })
        : null;
  return text === null ? null : <Signal tone="neutral">{text}</Signal>;
}

interface StaffActsProps {
  details: StaffDetails;
  school: string;
}

export function StaffActs({ details, school }: StaffActsProps) {
  const { t } = useTranslation();
  const { may } = useSession();
  const today = usePlace().school?.today ?? "";
  const [act, setAct] = useState<"leaves" | "back" | null>(null);
  const [opened, setOpened] = useState(0);
  const { staff } = details;
  const mayLeave = may("people.end_employment") && (staff.lastDay === null || staff.lastDay >= today);
  const mayReturn = may("people.resume_employment") && staff.lastDay !== null;
  if (staff.deleted || !(mayLeave || mayReturn)) return null;
  const label = t("people.staff.more", { name: fullName(staff) });
  const form = { onClose: () => setAct(null), onReload: () => setOpened(opened + 1) };
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon size="lg" variant="subtle" color="gray" aria-label={label} title={label}>
            <IconDots size="1rem" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {mayLeave && (
            <Menu.Item leftSection={<IconDoorExit size="1rem" />} onClick={() => setAct("leaves")}>
              {t("people.staff.leaves")}
            </Menu.Item>
          )}
          {mayReturn && (
            <Menu.Item leftSection={<IconDoorEnter size="1rem" />} onClick={() => setAct("back")}>
              {t("people.staff.back")}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {act === "leaves" && <EndEmploymentForm key={opened} details={details} school={school} {...form} />}
      {act === "back" && <WorksAgainForm key={opened} staff={staff} {...form} />}
    </>
  );
}

interface WorksAgainProps {
  staff: StaffRow;
  onClose: () => void;
  onReload: () => void;
}

export function WorksAgainForm({ staff, onClose, onReload }: WorksAgainProps) {
  const { t } = useTranslation();
  const today = usePlace().school?.today ?? "";
  const name = fullName(staff);
  const initial = { version: staff.version, firstDay: today };
  const draft = useDraft<typeof initial, Undoable>({
    key: `works-again:${staff.id}`,
    initial,
    validate: { firstDay: dayNeeded },
    save: ({ version, firstDay }) => resumeEmployment({ staff: staff.id, version, firstDay }),
    onSaved: ({ undo }, { firstDay }) => {
      said(t("people.resume.done", { name, day: formatDay(firstDay) }), undo);
      onClose();
    },
  });
  return (
    <FormModal
      title={t("people.resume.title", { name })}
      draft={draft}
      onClose={onClose}
      onReload={onReload}
      submit={t("people.resume.submit")}
    >
      <Text size="sm" c="dimmed">
        {t("people.resume.what")}
      </Text>
      <DateField
        label={t("people.resume.firstDay")}
        withAsterisk
        data-autofocus
        {...draft.form.getInputProps("firstDay")}
      />
    </FormModal>
  );
}
