// Whether this sign-in runs the kiosk at the door. While it does, the window shows nothing else.
import { useQuery } from "@tanstack/react-query";
import type { Whoami } from "../bindings/Whoami";
import { runningKiosk } from "../bindings/operations";
import { allows } from "../registry";

/** Asked once when somebody is in, and while a kiosk runs now and then: it may be ended elsewhere. */
export function useKiosk(whoami: Whoami) {
  return useQuery({
    ...runningKiosk.query({}),
    staleTime: Infinity,
    enabled: whoami.schools.some(({ operations }) => allows(operations, ["desk.running_kiosk"])),
    refetchInterval: ({ state }) => (state.data == null ? false : 15_000),
  });
}
