// An account made from the staff record: the user name is proposed, the first password is shown once.
import { Alert, Button, CopyButton, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { MadeAccount } from "../../bindings/MadeAccount";
import { makeStaffAccount, staffAccount, staffMember } from "../../bindings/operations";
import type { Role } from "../../bindings/Role";
import { Dialog } from "../../components/Dialog";
import { showFieldErrors } from "../../components/form";
import { LoadingShape } from "../../components/states";
import { useTranslation } from "../../i18n";
import { queries } from "../../session/queries";

/** What a member of staff can be at the school; whoever is above a school is made under Users & roles. */
const staffRoles = ["teacher", "operator", "counsellor", "principal"] as const satisfies readonly Role[];

export function StaffAccount({ staff, name, onClose }: { staff: string; name: string; onClose: () => void }) {
  const { t } = useTranslation();
  const [made, setMade] = useState<MadeAccount | null>(null);
  return (
    <Dialog onClose={onClose} title={t("accounts.ofStaff.title", { name })} closable={made === null}>
      {made === null ? (
        <Make staff={staff} onMade={setMade} onClose={onClose} />
      ) : (
        <Shown name={name} made={made} onClose={onClose} />
      )}
    </Dialog>
  );
}

function Make({ staff, onMade, onClose }: { staff: string; onMade: (made: MadeAccount) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const proposal = useQuery({
    ...staffAccount.query({ staff }),
    gcTime: 0,
    staleTime: 0,
  });
  const form = useForm({ initialValues: { username: "", role: "teacher" as Role } });
  const [failure, setFailure] = useState<string | null>(null);
  const proposed = proposal.data?.proposed;
  const { setFieldValue } = form;
  useEffect(() => {
    if (proposed !== undefined) setFieldValue("username", proposed);
  }, [proposed, setFieldValue]);
  const make = useMutation({
    mutationFn: (input: { username: string; role: Role }) => makeStaffAccount({ staff, ...input }),
    onSuccess: (made) => {
      void queries.invalidateQueries({ queryKey: staffMember.key });
      onMade(made);
    },
    onError: (reason) => setFailure(showFieldErrors(form, reason)),
  });
  if (proposed === undefined)
    return proposal.error === null ? (
      <LoadingShape rows={3} />
    ) : (
      <Alert color="wrong" role="alert" p="xs">
        {proposal.error.message}
      </Alert>
    );
  return (
    <form noValidate onSubmit={form.onSubmit((values) => make.mutate(values))}>
      <Stack gap="sm">
        {failure !== null && (
          <Alert color="wrong" role="alert" p="xs">
            {failure}
          </Alert>
        )}
        <TextInput
          label={t("accounts.ofStaff.username")}
          description={t("accounts.ofStaff.usernameHelp")}
          data-autofocus
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          dir="ltr"
          {...form.getInputProps("username")}
        />
        <Select
          label={t("accounts.ofStaff.role")}
          allowDeselect={false}
          data={staffRoles.map((value) => ({ value, label: t(`accounts.roles.${value}`) }))}
          {...form.getInputProps("role")}
        />
        <Group justify="end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" loading={make.isPending}>
            {t("accounts.ofStaff.submit")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Shown({ name, made, onClose }: { name: string; made: MadeAccount; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Stack gap="sm" role="status">
      <Text size="sm">{t("accounts.ofStaff.text", { name })}</Text>
      <TextInput readOnly dir="ltr" label={t("accounts.ofStaff.username")} value={made.user.username} />
      <Group align="end" gap="xs" wrap="nowrap">
        <TextInput
          readOnly
          flex={1}
          dir="ltr"
          label={t("accounts.ofStaff.password")}
          value={made.password}
          className="figures"
          onFocus={(event) => event.currentTarget.select()}
        />
        <CopyButton value={`${made.user.username}\n${made.password}`}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {t(copied ? "accounts.ofStaff.copied" : "accounts.ofStaff.copy")}
            </Button>
          )}
        </CopyButton>
      </Group>
      <Group justify="end">
        <Button data-autofocus onClick={onClose}>
          {t("accounts.ofStaff.done")}
        </Button>
      </Group>
    </Stack>
  );
}
