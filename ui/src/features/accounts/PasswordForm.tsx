// The form that changes one's own password: from the person menu, and before a given one may be used.
import { passwordFault } from "./passwords";
import { Alert, Button, Group, PasswordInput, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { ChangePassword } from "../../bindings/ChangePassword";
import { LosesTyped } from "../../components/closing";
import { showFieldErrors } from "../../components/form";
import { changePassword } from "../../bindings/operations";
import { useTranslation } from "../../i18n";

export function PasswordForm({ onChanged }: { onChanged: () => void }) {
  const { t } = useTranslation();
  const [failure, setFailure] = useState<string | null>(null);
  const form = useForm({
    initialValues: { current: "", new: "", again: "" },
    validate: {
      current: (value) => (value === "" ? t("accounts.required") : null),
      new: passwordFault,
      again: (value, values) => (value === values.new ? null : t("accounts.password.differ")),
    },
  });
  const change = useMutation({
    mutationFn: (input: ChangePassword) => changePassword(input),
    onSuccess: () => {
      form.reset();
      setFailure(null);
      onChanged();
    },
    onError: (reason) => setFailure(showFieldErrors(form, reason)),
  });
  return (
    <form noValidate onSubmit={form.onSubmit(({ current, new: next }) => change.mutate({ current, new: next }))}>
      <Stack gap="sm" maw={360}>
        {form.isDirty() && <LosesTyped />}
        {failure !== null && (
          <Alert color="wrong" role="alert" p="xs">
            {failure}
          </Alert>
        )}
        <PasswordInput
          label={t("accounts.password.current")}
          autoFocus
          autoComplete="current-password"
          {...form.getInputProps("current")}
        />
        <PasswordInput
          label={t("accounts.password.new")}
          description={t("accounts.setUp.passwordHelp")}
          autoComplete="new-password"
          {...form.getInputProps("new")}
        />
        <PasswordInput
          label={t("accounts.password.again")}
          autoComplete="new-password"
          {...form.getInputProps("again")}
        />
        <Group>
          <Button type="submit" size="sm" loading={change.isPending}>
            {t("accounts.password.submit")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
