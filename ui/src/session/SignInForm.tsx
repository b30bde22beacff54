// User name and password; used by the sign-in screen and by the dialog over an expired session.
import { Alert, Button, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import type { SignIn } from "../bindings/SignIn";
import type { Whoami } from "../bindings/Whoami";
import { errorText, useTranslation } from "../i18n";
import { signIn } from "../bindings/operations";

export function SignInForm({ username, onSignedIn }: { username?: string; onSignedIn: (who: Whoami) => void }) {
  const { t } = useTranslation();
  const form = useForm({
    initialValues: { username: username ?? "", password: "" },
    validate: {
      username: (value) => (value.trim() === "" ? t("accounts.required") : null),
      password: (value) => (value === "" ? t("accounts.required") : null),
    },
  });
  const attempt = useMutation({
    mutationFn: (input: SignIn) => signIn(input),
    onSuccess: ({ whoami }) => onSignedIn(whoami),
    onError: () => form.setFieldValue("password", ""),
  });
  return (
    <form
      noValidate
      onSubmit={form.onSubmit((values) => attempt.mutate({ ...values, username: values.username.trim() }))}
    >
      <Stack gap="sm">
        {attempt.error !== null && (
          <Alert color="wrong" role="alert" p="xs">
            {errorText(attempt.error)}
          </Alert>
        )}
        <TextInput
          label={t("accounts.signIn.username")}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          readOnly={username !== undefined}
          data-autofocus={username === undefined || undefined}
          autoFocus={username === undefined}
          {...form.getInputProps("username")}
        />
        <PasswordInput
          label={t("accounts.signIn.password")}
          autoComplete="current-password"
          data-autofocus={username !== undefined || undefined}
          autoFocus={username !== undefined}
          {...form.getInputProps("password")}
        />
        <Button type="submit" size="sm" loading={attempt.isPending} mt="xs">
          {t("accounts.signIn.submit")}
        </Button>
        <details>
          <Text component="summary" size="sm" c="dimmed" style={{ cursor: "pointer" }}>
            {t("accounts.signIn.forgot")}
          </Text>
          <Text size="sm" mt={4}>
            {t("accounts.signIn.forgotHelp")}
          </Text>
        </details>
      </Stack>
    </form>
  );
}
