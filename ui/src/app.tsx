// The whole window: providers, the entry (first run, sign-in), and the router inside the frame.
import { Center, DirectionProvider, Loader, localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { DatesProvider } from "@mantine/dates";
import { ModalsProvider } from "@mantine/modals";
import { QueryClientProvider, useQuery } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorState } from "./components/states";
import { FirstRun } from "./features/accounts/FirstRun";
import { NewPassword } from "./features/accounts/NewPassword";
import { SignIn } from "./features/accounts/SignIn";
import { DatabasePassword } from "./features/upkeep/DatabasePassword";
import type { Whoami } from "./bindings/Whoami";
import { whoami } from "./bindings/operations";
import { makeRouter } from "./router";
import { begin, useEntry } from "./session/entry";
import { Notices } from "./frame/Notices";
import { UnsavedOnClose } from "./frame/UnsavedOnClose";
import { ExpiredSession } from "./session/ExpiredSession";
import { runningKioskKey, useKiosk } from "./session/kiosk";
import { recall } from "./session/memory";
import { queries } from "./session/queries";
import { schoolOf, SessionProvider } from "./session/session";
import { WeekStart } from "./session/WeekStart";
import { cssVariables, theme } from "./theme";

const Door = lazy(() => import("./features/attendance/kiosk/Door"));
const colours = localStorageColorSchemeManager({ key: "homeroom.colours" });

export function App() {
  return (
    <DirectionProvider>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto" colorSchemeManager={colours}>
        <QueryClientProvider client={queries}>
          <DatesProvider settings={{ firstDayOfWeek: 1 }}>
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

function Inside() {
  const { t } = useTranslation();
  const entry = useEntry();
  useEffect(() => { void begin(); }, []);
  switch (entry.at) {
    case "starting": return <Center h="100%"><Loader role="status" aria-label={t("frame.start.title")} /></Center>;
    case "failed": return entry.error.code === "database_password" ? <DatabasePassword onOpened={() => void begin()} /> : <ErrorState error={entry.error} title={t("frame.start.locked")} onRetry={() => void begin()} />;
    case "setUp": return <FirstRun />;
    case "signIn": return <SignIn />;
    case "in": return <SignedIn key={entry.whoami.user} first={entry.whoami} />;
  }
}

function SignedIn({ first }: { first: Whoami }) {
  // A change of schools, terms or one's own roles changes the frame.
  const { data } = useQuery({ queryKey: ["whoami", "schools", "academic_sessions", "users", "grants", "settings"], queryFn: () => whoami({}), initialData: first });
  const kiosk = useKiosk(data);
  if (data.mustChangePassword) return <NewPassword />;
  return (
    <SessionProvider whoami={data}>
      {kiosk.isLoading ? null : kiosk.data == null
        ? <WeekStart><Rooms operations={schoolOf(data, recall("school"))?.operations ?? []} /></WeekStart>
        : <Suspense><Door key={kiosk.data.session} first={kiosk.data} onLeft={() => queries.setQueryData(runningKioskKey, null)} /></Suspense>}
      <ExpiredSession whoami={data} />
      <UnsavedOnClose />
    </SessionProvider>
  );
}

/** A router serves as long as it is shown: after a kiosk there is a new one. */
function Rooms({ operations }: { operations: readonly string[] }) {
  const [router] = useState(() => makeRouter(operations));
  // The address is this person's, who finds it again; the next one begins at an own place.
  useEffect(() => () => window.history.replaceState(null, "", "#/"), []);
  return <RouterProvider router={router} />;
}
