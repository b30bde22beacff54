// Who is signed in, which school and term they look at, and what their role allows there.
import type { OperationName } from "../bindings/operations";
import { createContext, Fragment, useContext, useMemo, useState, type ReactNode } from "react";
import type { Whoami } from "../bindings/Whoami";
import type { WhoamiSchool } from "../bindings/WhoamiSchool";
import type { WhoamiTerm } from "../bindings/WhoamiTerm";
import { adoptConventions } from "../conventions";
import { allows } from "../registry";
import { recall, remember } from "./memory";

interface Session {
  whoami: Whoami;
  /** The operations that the person may do in the chosen school. */
  operations: readonly string[];
  /** Whether the role allows one of these operations in the chosen school. */
  may: (...operations: OperationName[]) => boolean;
}

/** The school and term chosen in the top bar; every screen shows this one. */
interface Place {
  school: WhoamiSchool | null;
  term: WhoamiTerm | null;
  terms: readonly WhoamiTerm[];
  chooseSchool: (id: string) => void;
  chooseTerm: (id: string) => void;
}

const SessionContext = createContext<Session | null>(null);
const PlaceContext = createContext<Place | null>(null);

/** The school remembered by this window, where the person still has a role, else the first. */
export function schoolOf(whoami: Whoami, id: string | null): WhoamiSchool | null {
  return whoami.schools.find((school) => school.id === id) ?? whoami.schools[0] ?? null;
}

export function SessionProvider({ whoami, children }: { whoami: Whoami; children: ReactNode }) {
  const [schoolId, setSchoolId] = useState(() => recall("school"));
  const [termId, setTermId] = useState(() => recall("term"));

  const place = useMemo<Place>(() => {
    const school = schoolOf(whoami, schoolId);
    const terms = school?.terms ?? [];
    const term =
      terms.find(({ id }) => id === termId) ?? terms.find(({ id }) => id === school?.currentTerm) ?? terms[0] ?? null;
    return {
      school,
      terms,
      term,
      chooseSchool: (id) => {
        remember("school", id);
        setSchoolId(id);
      },
      chooseTerm: (id) => {
        remember("term", id);
        setTermId(id);
      },
    };
  }, [whoami, schoolId, termId]);
  const session = useMemo<Session>(() => {
    const operations = place.school?.operations ?? [];
    return { whoami, operations, may: (...needed) => allows(operations, needed) };
  }, [whoami, place.school]);

  const { school } = place;
  adoptConventions(school);
  // What is on the screen is written anew where the school writes in another way.
  return (
    <SessionContext value={session}>
      <PlaceContext value={place}>
        <Fragment key={`${school?.dayOrder} ${school?.nameOrder}`}>{children}</Fragment>
      </PlaceContext>
    </SessionContext>
  );
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error("useSession outside of SessionProvider");
  return session;
}

export function usePlace(): Place {
  const place = useContext(PlaceContext);
  if (place === null) throw new Error("usePlace outside of SessionProvider");
  return place;
}
