// The whole window: providers and the entry: first run, sign-in, and what lies behind it.
import { Center, DirectionProvider, Loader, localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { DatesProvider } from "@mantine/dates";
import { ModalsProvider } from "@mantine/modals";
import { QueryClientProvider } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useMemo, useSyncExternalStore } from "react";
import { ErrorState } from "./components/states";
import { SignIn } from "./features/accounts/SignIn";
import { useTranslation } from "./i18n";
import { calendar, directionOf, language, onLanguage } from "./language";
import { begin, useEntry } from "./session/entry";
import { Notices } from "./frame/Notices";
import { queries } from "./session/queries";
import { cssVariables, themeNow } from "./theme";

// The sign-in screen is what people wait for: what lies behind it comes while they type.
const behind = () => import("./session/SignedIn");
const SignedIn = lazy(behind);
const FirstRun = lazy(() => import("./features/accounts/FirstRun"));
const DatabasePassword = lazy(() => import("./features/upkeep/DatabasePassword"));
const colours = localStorageColorSchemeManager({ key: "homeroom.colours" });

export function App() {
  // Everything is drawn anew in another language, also what was written once.
  const spoken = useSyncExternalStore(onLanguage, language);
  // biome-ignore lint/correctness/useExhaustiveDependencies(spoken): what the parts of the library say is in it.
  const theme = useMemo(themeNow, [spoken]);
  useEffect(() => {
    void begin();
  }, []);
  return (
    <DirectionProvider key={spoken} initialDirection={directionOf(spoken)} detectDirection={false}>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        defaultColorScheme="auto"
        colorSchemeManager={colours}
      >
        <QueryClientProvider client={queries}>
          <DatesProvider settings={calendar(1)}>
            <ModalsProvider>
              <Notices />
              <Inside />
            </ModalsProvider>
          </DatesProvider>
        </QueryClientProvider>
      </MantineProvider>
    </DirectionProvider>
  );
}

function Starting() {
  const { t } = useTranslation();
  return (
    <Center h="100%">
      <Loader role="status" aria-label={t("frame.start.title")} />
    </Center>
  );
}

function Inside() {
  const { t } = useTranslation();
  const entry = useEntry();
  useEffect(() => {
    if (entry.at === "signIn") void behind();
  }, [entry.at]);
  // For the measure of the start.
  useEffect(() => {
    if (entry.at !== "starting") performance.mark("homeroom.usable");
  }, [entry.at]);
  switch (entry.at) {
    case "starting":
      return <Starting />;
    case "failed":
      return entry.error.code === "database_password" ? (
        <Suspense fallback={<Starting />}>
          <DatabasePassword onOpened={() => void begin()} />
        </Suspense>
      ) : (
        <ErrorState error={entry.error} title={t("frame.start.locked")} onRetry={() => void begin()} />
      );
    case "setUp":
      return (
        <Suspense fallback={<Starting />}>
          <FirstRun />
        </Suspense>
      );
    case "signIn":
      return <SignIn />;
    case "in":
      return (
        <Suspense fallback={<Starting />}>
          <SignedIn key={entry.whoami.user} first={entry.whoami} />
        </Suspense>
      );
  }
}
