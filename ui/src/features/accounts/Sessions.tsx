// Where this person is signed in; each session but this one can be ended.
import { Badge, Button, Table, Text, VisuallyHidden } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { RevokeUserSession } from "../../bindings/RevokeUserSession";
import { Screen, ScreenHead } from "../../components/ScreenHead";
import { ErrorState, LoadingShape } from "../../components/states";
import { errorText, useTranslation } from "../../i18n";
import { formatMoment } from "../../numbers";
import { mySessions, revokeSession } from "../../bindings/operations";

export default function Sessions() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const list = useQuery({ ...mySessions.query({}) });
  const revoke = useMutation({
    mutationFn: (input: RevokeUserSession) => revokeSession(input),
    onSuccess: async () => {
      notifications.show({ color: "good", message: t("accounts.sessions.revoked") });
      await client.invalidateQueries({ queryKey: mySessions.key });
    },
    onError: (reason) => notifications.show({ color: "wrong", message: errorText(reason) }),
  });
  return (
    <Screen head={<ScreenHead title={t("accounts.sessions.title")} about={t("accounts.sessions.text")} />}>
      {list.error !== null && list.data === undefined && (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} />
      )}
      {list.isPending && <LoadingShape rows={3} />}
      {list.data !== undefined && (
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("accounts.sessions.device")}</Table.Th>
              <Table.Th>{t("accounts.sessions.address")}</Table.Th>
              <Table.Th>{t("accounts.sessions.since")}</Table.Th>
              <Table.Th>{t("accounts.sessions.last")}</Table.Th>
              <Table.Th>
                <VisuallyHidden>{t("accounts.sessions.revoke")}</VisuallyHidden>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {list.data.map((session) => (
              <Table.Tr key={session.id}>
                <Table.Td>{session.device}</Table.Td>
                <Table.Td>{session.address ?? "–"}</Table.Td>
                <Table.Td>{formatMoment(session.createdAt)}</Table.Td>
                <Table.Td>{formatMoment(session.lastSeenAt)}</Table.Td>
                <Table.Td ta="end">
                  {session.current ? (
                    <Badge color="gray" miw="max-content">
                      {t("accounts.sessions.here")}
                    </Badge>
                  ) : (
                    <Button
                      variant="default"
                      onClick={() => revoke.mutate({ id: session.id })}
                      aria-label={t("accounts.sessions.revokeLabel", { device: session.device })}
                    >
                      {t("accounts.sessions.revoke")}
                    </Button>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {list.data?.length === 1 && (
        <Text size="sm" c="dimmed" mt="sm">
          {t("accounts.sessions.empty")}
        </Text>
      )}
    </Screen>
  );
}
