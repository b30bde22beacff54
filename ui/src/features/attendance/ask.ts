// What the attendance screens show, as the address holds it.
import { useNavigate, useSearch } from "@tanstack/react-router";
import { usePlace } from "../../session/session";

export const views = ["registers", "absent", "here", "often", "summary"] as const;
export type View = (typeof views)[number];

export interface Ask {
  view: View;
  /** `YYYY-MM-DD`; the school's today where the address says nothing. */
  date: string;
  /** 0 is the whole day. */
  lesson: number;
  class?: string;
  /** The student who is open in the pane. */
  student?: string;
  /** Whether the camera's pane is open. */
  camera: boolean;
}

/** Reads an address, whatever it holds. */
export function readAsk(raw: Record<string, unknown>, today: string): Ask {
  const text = (name: "class" | "student") => (typeof raw[name] === "string" ? { [name]: raw[name] } : {});
  const { date } = raw;
  const lesson = Number(raw.lesson);
  return {
    view: views.find((view) => view === raw.view) ?? "registers",
    date:
      typeof date === "string" && /^\d{4}-\d{2}-\d{2}$/.test(date) && !Number.isNaN(Date.parse(date)) ? date : today,
    lesson: Number.isInteger(lesson) && lesson >= 0 && lesson <= 20 ? lesson : 0,
    camera: raw.camera === true,
    ...text("class"),
    ...text("student"),
  };
}

/** What stands in the address: what is usual is left out. */
export function writeAsk(ask: Partial<Ask>, today: string): Record<string, unknown> {
  const { view, date, lesson, camera, ...rest } = ask;
  return {
    ...(view === undefined || view === "registers" ? {} : { view }),
    ...(date === undefined || date === today ? {} : { date }),
    ...(lesson === undefined || lesson === 0 ? {} : { lesson }),
    ...(camera === true ? { camera } : {}),
    ...rest,
  };
}

export function useAsk() {
  const raw = useSearch({ strict: false }) as Record<string, unknown>;
  const navigate = useNavigate();
  const { school } = usePlace();
  const today = school?.today ?? new Date().toISOString().slice(0, 10);
  const ask = readAsk(raw, today);
  return {
    ask,
    today,
    /** Changes a part of what is shown; `undefined` takes a part away. */
    go: (next: { [Name in keyof Ask]?: Ask[Name] | undefined }, replace = false) =>
      void navigate({ to: ".", search: writeAsk({ ...ask, ...next } as Ask, today), replace }),
    /** The register of a class on the day and lesson that are shown. */
    toRegister: (id: string, at: { date?: string; lesson?: number } = {}) =>
      void navigate({
        to: `/attendance/${id}`,
        search: writeAsk({ date: at.date ?? ask.date, lesson: at.lesson ?? ask.lesson }, today),
      }),
    back: () => void navigate({ to: "/attendance", search: writeAsk({ date: ask.date, lesson: ask.lesson }, today) }),
  };
}
