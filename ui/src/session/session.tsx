// Who is signed in, which school and term they look at, and what their role allows.
import { createContext, useContext, useMemo, useState, type ReactNode } from "react";
import type { SchoolRef, TermRef, Whoami } from "../provisional";
import { allows } from "../registry";
import { recall, remember } from "./memory";

interface Session {
  whoami: Whoami;
  /** Whether the role allows one of these permissions. */
  may: (...permissions: string[]) => boolean;
}

/** The school and term chosen in the top bar; every screen shows this one. */
interface Place {
  school: SchoolRef | null;
  term: TermRef | null;
  terms: readonly TermRef[];
  chooseSchool: (id: string) => void;
  chooseTerm: (id: string) => void;
}

const SessionContext = createContext<Session | null>(null);
const PlaceContext = createContext<Place | null>(null);

export function SessionProvider({ whoami, children }: { whoami: Whoami; children: ReactNode }) {
  const session = useMemo<Session>(() => ({
    whoami,
    may: (...permissions) => allows(whoami.permissions, permissions),
  }), [whoami]);
  const [schoolId, setSchoolId] = useState(() => recall("school") ?? whoami.school?.id ?? null);
  const [termId, setTermId] = useState(() => recall("term"));

  const place = useMemo<Place>(() => {
    const school = whoami.schools.find(({ id }) => id === schoolId) ?? whoami.school ?? whoami.schools[0] ?? null;
    const terms = whoami.terms.filter((term) => term.schoolId === undefined || term.schoolId === school?.id);
    const term = terms.find(({ id }) => id === termId)
      ?? terms.find(({ id }) => id === whoami.currentTerm?.id) ?? terms[0] ?? null;
    return {
      school, terms, term,
      chooseSchool: (id) => { remember("school", id); setSchoolId(id); },
      chooseTerm: (id) => { remember("term", id); setTermId(id); },
    };
  }, [whoami, schoolId, termId]);

  return <SessionContext value={session}><PlaceContext value={place}>{children}</PlaceContext></SessionContext>;
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
