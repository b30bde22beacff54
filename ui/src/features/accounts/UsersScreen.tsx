// The users of a school with their roles, each opened in the pane.
import { Button, Tooltip } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { listUsers } from "../../bindings/operations";
import type { UserRow } from "../../bindings/UserRow";
import { useListAddress } from "../../components/address";
import { PagedTable, type ListColumn, type PageRequest } from "../../components/PagedTable";
import { Beside, Pane } from "../../components/Pane";
import { PersonName } from "../../components/PersonName";
import { Screen, ScreenHead } from "../../components/ScreenHead";
import { EmptyState, ErrorState, LoadingShape } from "../../components/states";
import { finds } from "../../finds";
import { Keys, useScreenKeys } from "../../frame/keys";
import { useTranslation } from "../../i18n";
import { formatMoment } from "../../numbers";
import { usePlace, useSession } from "../../session/session";
import { useRoleWords } from "./roles";
import { UserForm } from "./UserForm";
import { UserPane } from "./UserPane";
import { byName, byTitle } from "../../names";
import { UserState } from "./UserState";

/** The part that is asked for: the operation returns all users of a school, which are few. */
function part(all: readonly UserRow[], { offset, limit, sort, filter }: PageRequest) {
  const found = all.filter(({ username, givenName, familyName }) =>
    finds(filter, `${givenName} ${familyName}`, username),
  );
  const keys: Record<string, (row: UserRow) => string> = {
    username: ({ username }) => username,
    last: ({ lastSignIn }) => lastSignIn ?? "",
  };
  const key = keys[sort?.column ?? ""];
  const sorted = found.toSorted(
    (one, other) =>
      (key === undefined ? byName(one, other) : byTitle(key(one), key(other))) *
      (sort?.order === "descending" ? -1 : 1),
  );
  return { rows: sorted.slice(offset, offset + limit), total: found.length };
}

export default function UsersScreen() {
  const { t } = useTranslation();
  const { may } = useSession();
  const { school } = usePlace();
  const { open, go } = useListAddress("/users");
  const { wordsOf } = useRoleWords();
  const schoolId = school?.id ?? "";
  const list = useQuery({
    ...listUsers.query({ school: schoolId }),
  });
  const rows = list.data;
  const load = useCallback((request: PageRequest) => Promise.resolve(part(rows ?? [], request)), [rows]);
  const columns = useMemo<ListColumn<UserRow>[]>(
    () => [
      {
        id: "name",
        header: () => t("accounts.users.name"),
        cell: (row) => <PersonName person={row} bold />,
        width: "minmax(10rem, 2fr)",
        sortable: true,
      },
      {
        id: "username",
        header: () => t("accounts.users.username"),
        cell: (row) => <bdi>{row.username}</bdi>,
        width: "minmax(6rem, 1fr)",
        sortable: true,
        lesser: 2,
      },
      {
        id: "roles",
        header: () => t("accounts.users.roles"),
        cell: (row) => {
          const words = row.roles.map(wordsOf).join("; ");
          return <span title={words}>{words}</span>;
        },
        width: "minmax(10rem, 3fr)",
        lesser: 1,
      },
      {
        id: "last",
        header: () => t("accounts.users.last"),
        cell: (row) => (row.lastSignIn === null ? t("accounts.users.never") : formatMoment(row.lastSignIn)),
        width: "minmax(11rem, 1fr)",
        sortable: true,
        lesser: 3,
      },
      { id: "state", header: () => t("accounts.users.state"), cell: (row) => <UserState user={row} />, width: "7rem" },
    ],
    [t, wordsOf],
  );
  const mayAdd = may("accounts.save_user");
  const add = () => go("new");
  useScreenKeys(mayAdd ? [{ keys: "mod+N", label: t("accounts.users.new"), opens: true, run: add }] : []);
  const user = rows?.find(({ id }) => id === open);
  const close = () => go(null, { edit: null });
  return (
    <Screen
      padded={false}
      head={
        <ScreenHead title={t("accounts.users.title")} about={t("accounts.users.about", { school: school?.name ?? "" })}>
          {mayAdd && (
            <Tooltip
              label={
                <>
                  {t("accounts.users.new")} <Keys keys="mod+N" />
                </>
              }
            >
              <Button onClick={add}>{t("accounts.users.new")}</Button>
            </Tooltip>
          )}
        </ScreenHead>
      }
    >
      {rows === undefined &&
        (list.error === null ? (
          <LoadingShape rows={10} />
        ) : (
          <ErrorState error={list.error} onRetry={() => void list.refetch()} />
        ))}
      {rows !== undefined && (
        <Beside
          pane={
            user !== undefined ? (
              <UserPane key={user.id} user={user} onClose={close} />
            ) : open !== null && open !== "new" ? (
              <Pane title={t("accounts.users.none")} label={t("accounts.users.none")} onClose={close}>
                <EmptyState title={t("frame.notFound.title")} />
              </Pane>
            ) : null
          }
        >
          <PagedTable
            label={t("accounts.users.title")}
            queryKey={["rows", "users", schoolId, list.dataUpdatedAt]}
            load={load}
            columns={columns}
            rowId={(row) => row.id}
            initialSort={{ column: "name", order: "ascending" }}
            open={open}
            onOpen={(row) => go(row.id)}
            empty={<EmptyState title={t("accounts.users.empty")} />}
          />
        </Beside>
      )}
      {open === "new" && mayAdd && <UserForm user={null} onClose={() => go(null)} onSaved={(id) => go(id)} />}
    </Screen>
  );
}
