// The address of a list with a pane: what is open, and what is chosen beside it. Back, forward and
// reopening the window return to it.
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";

export interface ListAddress {
  /** What the pane shows; `new` while something new is made. */
  open: string | null;
  /** What the address holds under a name, where it is text. */
  chosen: (name: string) => string | null;
  /** Opens something, or nothing; what is named is chosen, null takes it out of the address. */
  go: (open: string | null, choices?: Readonly<Record<string, string | null>>) => void;
  choose: (choices: Readonly<Record<string, string | null>>) => void;
}

/** `base` is the address of the list, whose route is `<base>/{-$open}`. */
export function useListAddress(base: string): ListAddress {
  const navigate = useNavigate();
  const { open = null } = useParams({ strict: false }) as { open?: string };
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const chosen = (name: string) => (typeof search[name] === "string" && search[name] !== "" ? search[name] : null);
  const go: ListAddress["go"] = (next, choices = {}) => {
    const merged = Object.fromEntries(Object.entries({ ...search, ...choices }).filter(([, value]) => value !== null));
    // Moving from one row to the next is no step that somebody wants to go back through.
    void navigate({
      to: next === null ? base : `${base}/${next}`,
      search: merged,
      replace: open !== null && next !== null && next !== "new",
    });
  };
  return { open, chosen, go, choose: (choices) => go(open, choices) };
}
