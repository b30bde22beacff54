// A user beside the list: roles, sessions, a new password, disabling.
import { passwordFault } from "./passwords";
import { Button, Group, PasswordInput, Stack, Text, Title, Tooltip } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { listUsers, revokeUserSession, saveUser, setPassword, userSessions } from "../../bindings/operations";
import type { RevokeUserSession } from "../../bindings/RevokeUserSession";
import type { UserRow } from "../../bindings/UserRow";
import { useListAddress } from "../../components/address";
import { refusal } from "../../components/change";
import { useDraft } from "../../components/draft";
import { Facts } from "../../components/Facts";
import { FormModal } from "../../components/FormModal";
import { Pane } from "../../components/Pane";
import { ErrorState, LoadingShape } from "../../components/states";
import { Keys, useScreenKeys } from "../../frame/keys";
import { useTranslation } from "../../i18n";
import { formatMoment } from "../../numbers";
import { fullName } from "../../names";
import { useSession } from "../../session/session";
import { useRoleWords } from "./roles";
import { UserForm } from "./UserForm";
import { UserState } from "./UserState";

export function UserPane({ user, onClose }: { user: UserRow; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { may, whoami } = useSession();
  const { wordsOf } = useRoleWords();
  const { chosen, choose } = useListAddress("/users");
  const [opened, setOpened] = useState(0);
  const [settingPassword, setSettingPassword] = useState(false);
  const name = fullName(user);
  const own = user.id === whoami.user;
  const mayEdit = may("accounts.save_user");
  useScreenKeys(
    mayEdit
      ? [
          {
            keys: "mod+E",
            label: t("accounts.users.editOf", { name }),
            opens: true,
            run: () => choose({ edit: "yes" }),
          },
        ]
      : [],
  );
  const toggle = useMutation({
    mutationFn: (disabled: boolean) =>
      saveUser({
        id: user.id,
        version: user.version,
        username: user.username,
        givenName: user.givenName,
        familyName: user.familyName,
        roles: user.roles,
        staff: user.staff,
        student: user.student,
        disabled,
        password: null,
      }),
    onSuccess: async (saved) => {
      notifications.show({
        color: "good",
        message: t(saved.disabled ? "accounts.users.disabledNow" : "accounts.users.enabledNow", { name }),
      });
      await client.invalidateQueries({ queryKey: listUsers.key });
    },
    onError: refusal,
  });
  return (
    <Pane
      title={<bdi>{name}</bdi>}
      label={name}
      onClose={onClose}
      actions={
        mayEdit && (
          <Tooltip
            label={
              <>
                {t("common.edit")} <Keys keys="mod+E" />
              </>
            }
          >
            <Button variant="default" onClick={() => choose({ edit: "yes" })}>
              {t("accounts.users.edit")}
            </Button>
          </Tooltip>
        )
      }
    >
      <Stack gap="md">
        <Facts
          facts={[
            [t("accounts.users.username"), user.username],
            [t("accounts.users.state"), <UserState key="state" user={user} />],
            [
              t("accounts.users.roles"),
              <span key="roles">
                {user.roles.map((at) => (
                  <span key={`${at.role}-${at.school ?? at.district ?? ""}`} style={{ display: "block" }}>
                    {wordsOf(at)}
                  </span>
                ))}
              </span>,
            ],
            [
              t("accounts.users.last"),
              user.lastSignIn === null ? t("accounts.users.never") : formatMoment(user.lastSignIn),
            ],
          ]}
        />
        {own && (
          <Text size="sm" c="dimmed">
            {t("accounts.users.you")}
          </Text>
        )}
        {!own && (
          <Group gap="xs">
            {may("accounts.set_password") && (
              <Button variant="default" onClick={() => setSettingPassword(true)}>
                {t("accounts.users.setPassword")}
              </Button>
            )}
            {mayEdit && (
              <Button
                variant={user.disabled ? "default" : "subtle"}
                color={user.disabled ? undefined : "wrong"}
                loading={toggle.isPending}
                onClick={() => toggle.mutate(!user.disabled)}
              >
                {t(user.disabled ? "accounts.users.enable" : "accounts.users.disable")}
              </Button>
            )}
          </Group>
        )}
        {may("accounts.user_sessions") && <UserSessions user={user.id} />}
      </Stack>
      {mayEdit && chosen("edit") === "yes" && (
        <UserForm
          key={opened}
          user={user}
          onClose={() => choose({ edit: null })}
          onSaved={() => choose({ edit: null })}
          onReload={() => setOpened(opened + 1)}
        />
      )}
      {settingPassword && <SetPasswordForm user={user.id} name={name} onClose={() => setSettingPassword(false)} />}
    </Pane>
  );
}

function UserSessions({ user }: { user: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const list = useQuery({ ...userSessions.query({ user }) });
  const revoke = useMutation({
    mutationFn: (input: RevokeUserSession) => revokeUserSession(input),
    onSuccess: async () => {
      notifications.show({ color: "good", message: t("accounts.sessions.revoked") });
      await client.invalidateQueries({ queryKey: userSessions.key });
    },
    onError: refusal,
  });
  return (
    <section>
      <Title order={3} mb={4}>
        {t("accounts.users.sessions")}
      </Title>
      {list.error !== null && list.data === undefined && (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} />
      )}
      {list.isPending && <LoadingShape rows={2} />}
      {list.data?.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("accounts.users.noSessions")}
        </Text>
      )}
      <Stack gap="xs">
        {list.data?.map((session) => (
          <Group key={session.id} justify="space-between" wrap="nowrap">
            <div>
              <Text size="sm">{session.device}</Text>
              <Text size="xs" c="dimmed">
                {session.address ?? "–"} · {t("accounts.sessions.last")} {formatMoment(session.lastSeenAt)}
              </Text>
            </div>
            {session.current ? (
              <Text size="xs" c="dimmed">
                {t("accounts.sessions.here")}
              </Text>
            ) : (
              <Button
                variant="default"
                aria-label={t("accounts.sessions.revokeLabel", { device: session.device })}
                onClick={() => revoke.mutate({ id: session.id })}
              >
                {t("accounts.sessions.revoke")}
              </Button>
            )}
          </Group>
        ))}
      </Stack>
    </section>
  );
}

function SetPasswordForm({ user, name, onClose }: { user: string; name: string; onClose: () => void }) {
  const { t } = useTranslation();
  const draft = useDraft<{ new: string }, null>({
    key: `password:${user}`,
    initial: { new: "" },
    secret: ["new"],
    validate: { new: passwordFault },
    save: ({ new: next }) => setPassword({ user, new: next }),
    onSaved: () => {
      notifications.show({ color: "good", message: t("accounts.users.set", { name }) });
      onClose();
    },
  });
  return (
    <FormModal title={t("accounts.users.setTitle", { name })} draft={draft} onClose={onClose}>
      <PasswordInput
        label={t("accounts.users.newPassword")}
        description={t("accounts.users.setHelp")}
        withAsterisk
        data-autofocus
        autoComplete="new-password"
        {...draft.form.getInputProps("new")}
      />
    </FormModal>
  );
}
