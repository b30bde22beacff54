// Everything behind the sign-in: the session, the router inside the frame, or the kiosk at the door. It is loaded while the
// sign-in screen is already there.
import { useQuery } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import type { Whoami } from "../bindings/Whoami";
import { runningKiosk, whoami as askWhoami } from "../bindings/operations";
import { NewPassword } from "../features/accounts/NewPassword";
import { UnsavedOnClose } from "../frame/UnsavedOnClose";
import { makeRouter } from "../router";
import { ExpiredSession } from "./ExpiredSession";
import { useKiosk } from "./kiosk";
import { recall } from "./memory";
import { PasswordNeeded } from "./PasswordNeeded";
import { queries } from "./queries";
import { ScreenLock } from "./ScreenLock";
import { schoolOf, SessionProvider } from "./session";
import { WeekStart } from "./WeekStart";

const Door = lazy(() => import("../features/attendance/kiosk/Door"));

export default function SignedIn({ first }: { first: Whoami }) {
  // A change of schools, terms or one's own roles changes the frame.
  const { data } = useQuery({
    ...askWhoami.query({}),
    initialData: first,
  });
  const kiosk = useKiosk(data);
  // A kiosk goes on: it is left with a password only.
  const lock = <ScreenLock whoami={data} on={data.mustChangePassword || (!kiosk.isLoading && kiosk.data == null)} />;
  if (data.mustChangePassword)
    return (
      <>
        <NewPassword />
        {lock}
      </>
    );
  return (
    <SessionProvider whoami={data}>
      {kiosk.isLoading ? null : kiosk.data == null ? (
        <WeekStart>
          <Rooms operations={schoolOf(data, recall("school"))?.operations ?? []} />
        </WeekStart>
      ) : (
        <Suspense>
          <Door
            key={kiosk.data.session}
            first={kiosk.data}
            onLeft={() => queries.setQueryData(runningKiosk.query({}).queryKey, null)}
          />
        </Suspense>
      )}
      <ExpiredSession whoami={data} />
      <PasswordNeeded whoami={data} />
      {lock}
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
