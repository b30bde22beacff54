// The screen over a window that is locked: who locked it gives the password and finds everything as it was; somebody else
// may sign in, and sees nothing of it.
import { Alert, Button, PasswordInput, Stack, Text, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from "react";
import { createPortal } from "react-dom";
import { signIn, unlock } from "../bindings/operations";
import type { Whoami } from "../bindings/Whoami";
import { asOperationError, resumeCalls } from "../bridge";
import { askedLeaving } from "../components/sheet/keptEdits";
import { focusInto, giveBack } from "../frame/gate";
import { Logo } from "../frame/Logo";
import { errorText, useTranslation } from "../i18n";
import { enterOver } from "./entry";
import { screenLock, settled, unlocked, watchIdle } from "./lock";
import { SignInForm } from "./SignInForm";
import classes from "./Welcome.module.css";

/** `on`: whether this screen may be locked. */
export function ScreenLock({ whoami, on }: { whoami: Whoami; on: boolean }) {
  const locked = useSyncExternalStore(screenLock.subscribe, screenLock.locked);
  const minutes = whoami.lockAfterMinutes;
  useEffect(() => (on ? watchIdle(minutes) : undefined), [on, minutes]);
  return locked ? <Locked whoami={whoami} /> : null;
}

function Locked({ whoami }: { whoami: Whoami }) {
  const { t } = useTranslation();
  const here = useRef<HTMLDivElement>(null);
  const [before] = useState(() => document.activeElement);
  const [other, setOther] = useState(false);
  useLayoutEffect(() => () => giveBack(before), [before]);
  // biome-ignore lint/correctness/useExhaustiveDependencies(other): another form is in there.
  useLayoutEffect(() => {
    if (here.current !== null) focusInto(here.current);
  }, [other]);
  return createPortal(
    <div
      className={`${classes.page} ${classes.lock}`}
      ref={here}
      data-lock
      role="dialog"
      aria-modal="true"
      aria-label={t("accounts.lock.title")}
    >
      <div className={classes.card}>
        <div className={classes.head}>
          <Logo />
          <span className={classes.product}>Homeroom</span>
        </div>
        <Title order={1} mb="md">
          {t(other ? "accounts.signIn.title" : "accounts.lock.title")}
        </Title>
        {other ? (
          <Stack gap="sm">
            <Text size="sm" c="dimmed">
              {t("accounts.lock.otherText", { name: whoami.name })}
            </Text>
            <SignInForm onSignedIn={enterOver} />
            <Button variant="subtle" color="gray" onClick={() => setOther(false)}>
              {t("accounts.lock.back", { name: whoami.name })}
            </Button>
          </Stack>
        ) : (
          <Unlock whoami={whoami} onOther={() => setOther(true)} />
        )}
      </div>
    </div>,
    document.body,
  );
}

function Unlock({ whoami, onOther }: { whoami: Whoami; onOther: () => void }) {
  const { t } = useTranslation();
  const [password, setPassword] = useState("");
  const closing = useSyncExternalStore(askedLeaving.subscribe, askedLeaving.asked);
  const attempt = useMutation({
    mutationFn: () => open(whoami, password),
    onSuccess: unlocked,
    onError: () => setPassword(""),
  });
  const { error } = attempt;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (password !== "" && !attempt.isPending) attempt.mutate();
      }}
    >
      <Stack gap="sm">
        <Text size="sm">
          <bdi>{whoami.name}</bdi>
        </Text>
        {closing !== null && (
          <Alert color="attention" role="alert" p="xs">
            {t("accounts.lock.unsaved")}
          </Alert>
        )}
        {error !== null && (
          <Alert color="wrong" role="alert" p="xs">
            {asOperationError(error).code === "wrong_password" ? t("accounts.lock.wrong") : errorText(error)}
          </Alert>
        )}
        <PasswordInput
          label={t("accounts.signIn.password")}
          autoComplete="current-password"
          data-autofocus
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" size="sm" loading={attempt.isPending} mt="xs">
          {t("accounts.lock.submit")}
        </Button>
        <Button variant="subtle" color="gray" onClick={onOther}>
          {t("accounts.signIn.other")}
        </Button>
      </Stack>
    </form>
  );
}

/** Unlocks; where the sign-in has ended meanwhile, by signing in anew. */
async function open(whoami: Whoami, password: string): Promise<void> {
  await settled();
  try {
    await unlock({ password });
  } catch (reason) {
    if (!["session_expired", "signed_out"].includes(asOperationError(reason).code)) throw reason;
    await signIn({ username: whoami.username, password });
    resumeCalls();
  }
}
