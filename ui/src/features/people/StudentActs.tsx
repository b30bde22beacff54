// What can be done about a student's place at the school, in the menu of the pane.
import { ActionIcon, Menu } from "@mantine/core";
import {
  IconArrowMerge,
  IconCalendarOff,
  IconDoorEnter,
  IconDoorExit,
  IconDots,
  IconTransfer,
} from "@tabler/icons-react";
import { useState } from "react";
import type { StudentDetails } from "../../bindings/StudentDetails";
import { useTranslation } from "../../i18n";
import { fullName } from "../../names";
import { useSession } from "../../session/session";
import { ComesBackForm, LeavesSchoolForm, OnLeaveForm } from "./leaving";
import { hasLeft } from "./StudentStatus";
import { TransferForm } from "./transfers/TransferForm";

type Act = "leaves" | "transfer" | "leave" | "back" | "merge";

export function StudentActs({ student, onMerge }: { student: StudentDetails; onMerge: () => void }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const [act, setAct] = useState<Act | null>(null);
  const name = fullName(student);
  const left = hasLeft(student);
  const acts = (
    [
      ["leaves", IconDoorExit, !left && may("people.withdraw_students")],
      ["transfer", IconTransfer, !left && may("people.transfer_students")],
      ["leave", IconCalendarOff, !left && may("people.grant_leave")],
      ["back", IconDoorEnter, left && may("people.re_enrol_students")],
      ["merge", IconArrowMerge, may("people.merge_students")],
    ] as const
  ).filter(([, , possible]) => possible);
  if (acts.length === 0) return null;
  const label = t("people.place.more", { name });
  const close = () => setAct(null);
  const ofOne = { school: student.school, student: student.id, name, onClose: close };
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon size="lg" variant="subtle" color="gray" aria-label={label} title={label}>
            <IconDots size="1rem" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {acts.map(([kind, Icon]) => (
            <Menu.Item
              key={kind}
              leftSection={<Icon size="1rem" />}
              onClick={() => (kind === "merge" ? onMerge() : setAct(kind))}
            >
              {t(`people.place.${kind}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {act === "leaves" && (
        <LeavesSchoolForm school={student.school} students={[student.id]} name={name} onClose={close} onDone={close} />
      )}
      {act === "transfer" && (
        <TransferForm school={student.school} students={[student.id]} name={name} onClose={close} onDone={close} />
      )}
      {act === "leave" && <OnLeaveForm {...ofOne} />}
      {act === "back" && <ComesBackForm {...ofOne} />}
    </>
  );
}
