// The users of a school with their roles, each opened in the pane.
import { Button, Tooltip } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { listUsers } from "../../bindings/operations";
import { useListAddress } from "../../components/address";
import { Beside, Pane } from "../../components/Pane";
import { Screen, ScreenHead } from "../../components/ScreenHead";
import { EmptyState, ErrorState, LoadingShape } from "../../components/states";
import { Keys, useScreenKeys } from "../../frame/keys";
import { useTranslation } from "../../i18n";
import { usePlace, useSession } from "../../session/session";
import { ListTable } from "../lists/ListTable";
import { UserForm } from "./UserForm";
import { UserPane } from "./UserPane";

export default function UsersScreen() {
  const { t } = useTranslation();
  const { may } = useSession();
  const { school } = usePlace();
  const address = useListAddress("/users");
  const { open, go } = address;
  const schoolId = school?.id ?? "";
  const list = useQuery({
    ...listUsers.query({ school: schoolId }),
  });
  const rows = list.data;
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
          <ListTable
            school={schoolId}
            label={t("accounts.users.title")}
            of={{ list: "users" }}
            address={address}
            initialSort={{ column: "name", order: "ascending" }}
            empty={<EmptyState title={t("accounts.users.empty")} />}
          />
        </Beside>
      )}
      {open === "new" && mayAdd && <UserForm user={null} onClose={() => go(null)} onSaved={(id) => go(id)} />}
    </Screen>
  );
}
