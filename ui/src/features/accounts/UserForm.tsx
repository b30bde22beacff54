// A user: new with a first password, or changed; with roles and where they are held.
import { passwordFault } from "./passwords";
import { ActionIcon, Button, Group, PasswordInput, Select, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useDebouncedValue } from "@mantine/hooks";
import { IconTrash } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { listStaff, listStudents, saveUser, student as askStudent } from "../../bindings/operations";
import type { Role } from "../../bindings/Role";
import type { UserRow } from "../../bindings/UserRow";
import { useDraft, type DraftForm } from "../../components/draft";
import { FormModal } from "../../components/FormModal";
import { useTranslation } from "../../i18n";
import { fullName, listName } from "../../names";
import { usePlace } from "../../session/session";
import { roleAt, roles, useRoleWords, whereOf } from "./roles";

interface RoleFields {
  role: Role;
  school: string;
}
interface Fields extends Record<string, unknown> {
  version: number | null;
  username: string;
  givenName: string;
  familyName: string;
  password: string;
  roles: RoleFields[];
  staff: string | null;
  student: string | null;
}

interface UserFormProps {
  user: UserRow | null;
  onClose: () => void;
  onSaved: (id: string) => void;
  onReload?: () => void;
}

export function UserForm({ user, onClose, onSaved, onReload }: UserFormProps) {
  const { t } = useTranslation();
  const { school } = usePlace();
  const { placesOf } = useRoleWords();
  const here = `school:${school?.id ?? ""}`;
  const draft = useDraft<Fields, UserRow>({
    key: `user:${user?.id ?? "new"}`,
    initial: {
      version: user?.version ?? null,
      username: user?.username ?? "",
      givenName: user?.givenName ?? "",
      familyName: user?.familyName ?? "",
      password: "",
      roles:
        user === null
          ? [{ role: "teacher", school: here }]
          : user.roles.map((at) => ({ role: at.role, school: whereOf(at) })),
      staff: user?.staff ?? null,
      student: user?.student ?? null,
    },
    secret: ["password"],
    validate: { password: (value) => (user === null ? passwordFault(value) : null) },
    save: (values) =>
      saveUser({
        id: user?.id ?? null,
        version: user === null ? null : values.version,
        username: values.username,
        givenName: values.givenName,
        familyName: values.familyName,
        roles: values.roles.map(({ role, school: where }) => roleAt(role, where)),
        staff: values.staff,
        student: values.student,
        disabled: user?.disabled ?? false,
        password: user === null ? values.password : null,
      }),
    onSaved: (saved) => {
      notifications.show({
        color: "good",
        message: t(user === null ? "accounts.users.added" : "accounts.users.changed", { name: fullName(saved) }),
      });
      onSaved(saved.id);
    },
  });
  const { form } = draft;
  const title = user === null ? t("accounts.users.new") : t("accounts.users.editOf", { name: fullName(user) });
  const held = form.values.roles;
  return (
    <FormModal
      title={title}
      draft={draft}
      size="lg"
      onClose={onClose}
      {...(onReload === undefined ? {} : { onReload })}
      submit={user === null ? t("accounts.users.submit") : t("common.save")}
    >
      <SimpleGrid cols={2} spacing="sm" verticalSpacing="xs">
        <TextInput label={t("accounts.users.given")} withAsterisk data-autofocus {...form.getInputProps("givenName")} />
        <TextInput label={t("accounts.users.family")} withAsterisk {...form.getInputProps("familyName")} />
        <TextInput
          label={t("accounts.users.username")}
          withAsterisk
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          dir="ltr"
          {...form.getInputProps("username")}
        />
        {user === null && (
          <PasswordInput
            label={t("accounts.users.password")}
            description={t("accounts.users.passwordHelp")}
            inputWrapperOrder={["label", "input", "description", "error"]}
            withAsterisk
            autoComplete="new-password"
            {...form.getInputProps("password")}
          />
        )}
      </SimpleGrid>
      <Stack gap="xs">
        <Text fw={600} size="sm">
          {t("accounts.users.roles")}
        </Text>
        {typeof form.errors.roles === "string" && (
          <Text size="xs" c="var(--mantine-color-error)" role="alert">
            {form.errors.roles}
          </Text>
        )}
        {held.map(({ role }, place) => (
          <Group key={place} gap="sm" wrap="nowrap" align="start">
            <Select
              flex={1}
              allowDeselect={false}
              aria-label={t("accounts.users.roleOf", { number: place + 1 })}
              data={roles.map((value) => ({ value, label: t(`accounts.roles.${value}`) }))}
              {...form.getInputProps(`roles.${place}.role`)}
              onChange={(value) => {
                const next = value as Role;
                form.setFieldValue(`roles.${place}`, {
                  role: next,
                  school:
                    placesOf(next).find(({ value: where }) => where === held[place]?.school || where === here)?.value ??
                    placesOf(next)[0]?.value ??
                    "",
                });
              }}
            />
            <Select
              flex={1}
              allowDeselect={false}
              aria-label={t("accounts.users.where")}
              data={placesOf(role)}
              {...form.getInputProps(`roles.${place}.school`)}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              disabled={held.length === 1}
              aria-label={t("accounts.users.removeRole", { number: place + 1 })}
              onClick={() => form.removeListItem("roles", place)}
            >
              <IconTrash size="1rem" />
            </ActionIcon>
          </Group>
        ))}
        <Group>
          <Button
            variant="default"
            onClick={() => form.insertListItem("roles", { role: "teacher", school: here } satisfies RoleFields)}
          >
            {t("accounts.users.addRole")}
          </Button>
        </Group>
      </Stack>
      <SimpleGrid cols={2} spacing="sm">
        <StaffLink form={form} />
        {held.some(({ role }) => role === "student") && <StudentLink form={form} />}
      </SimpleGrid>
    </FormModal>
  );
}

type Form = DraftForm<Fields>["form"];

function StaffLink({ form }: { form: Form }) {
  const { t } = useTranslation();
  const { school } = usePlace();
  const list = useQuery({
    ...listStaff.query({ school: school?.id ?? "", limit: 500 }),
    enabled: school !== null,
  });
  return (
    <Select
      label={t("accounts.users.staff")}
      description={t("accounts.users.staffHelp")}
      searchable
      clearable
      data={(list.data?.rows ?? []).map((person) => ({ value: person.id, label: listName(person) }))}
      {...form.getInputProps("staff")}
    />
  );
}

function StudentLink({ form }: { form: Form }) {
  const { t } = useTranslation();
  const { school } = usePlace();
  const [text, setText] = useState("");
  const [asked] = useDebouncedValue(text.trim(), 120);
  const linked = form.values.student;
  const list = useQuery({
    ...listStudents.query({ school: school?.id ?? "", search: asked, limit: 50 }),
    enabled: school !== null,
    placeholderData: keepPreviousData,
  });
  const now = useQuery({
    ...askStudent.query({ student: linked ?? "" }),
    enabled: linked !== null,
  });
  const found = (list.data?.rows ?? []).map((person) => ({
    value: person.id,
    label: `${listName(person)} (${person.number})`,
  }));
  const data =
    now.data === undefined || found.some(({ value }) => value === linked)
      ? found
      : [...found, { value: now.data.id, label: `${listName(now.data)} (${now.data.number})` }];
  return (
    <Select
      label={t("accounts.users.student")}
      description={t("accounts.users.studentHelp")}
      searchable
      clearable
      data={data}
      searchValue={text}
      onSearchChange={setText}
      filter={({ options }) => options}
      {...form.getInputProps("student")}
    />
  );
}
