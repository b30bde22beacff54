// The page before everything else where the database's server wants a password that nothing gives.
import { Alert, Button, Checkbox, PasswordInput, Stack, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { errorText, useTranslation } from "../../i18n";
import { Welcome } from "../../session/Welcome";
import { databasePassword } from "../../system";

export default function DatabasePassword({ onOpened }: { onOpened: () => void }) {
  const { t } = useTranslation();
  const form = useForm({
    initialValues: { password: "", keep: true },
    validate: { password: (value) => (value === "" ? t("upkeep.database.required") : null) },
  });
  const attempt = useMutation({
    mutationFn: ({ password, keep }: { password: string; keep: boolean }) => databasePassword(password, keep),
    onSuccess: (kept) => {
      if (!kept) notifications.show({ color: "attention", message: t("upkeep.database.notKept") });
      onOpened();
    },
    onError: () => form.setFieldValue("password", ""),
  });
  return (
    <Welcome title={t("upkeep.database.title")}>
      <form noValidate onSubmit={form.onSubmit((values) => attempt.mutate(values))}>
        <Stack gap="sm">
          <Text size="sm">{t("upkeep.database.text")}</Text>
          {attempt.error !== null && (
            <Alert color="wrong" role="alert" p="xs">
              {errorText(attempt.error)}
            </Alert>
          )}
          <PasswordInput
            label={t("upkeep.database.password")}
            autoFocus
            autoComplete="off"
            {...form.getInputProps("password")}
          />
          <Checkbox label={t("upkeep.database.keep")} {...form.getInputProps("keep", { type: "checkbox" })} />
          <Button type="submit" size="sm" loading={attempt.isPending} mt="xs">
            {t("upkeep.database.submit")}
          </Button>
        </Stack>
      </form>
    </Welcome>
  );
}
