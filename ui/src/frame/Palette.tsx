// Ctrl K: finds students and classes as one types, and everything that can be done. The first that is
// found is chosen; Enter opens it, and waits for what was typed to be looked for.
import { Modal, Text, UnstyledButton } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconArrowRight, IconSearch } from "@tabler/icons-react";
import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import { useLocation, useNavigate } from "@tanstack/react-router";
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { flushSync } from "react-dom";
import { HasFocus } from "../components/Dialog";
import { asksBeforeLeaving } from "../components/leaving";
import { errorText, useTranslation } from "../i18n";
import { allows, features, railEntries, type Hit } from "../registry";
import { usePlace, useSession } from "../session/session";
import { focusScreen, holdKeys } from "./gate";
import { Keys } from "./keys";
import { findNames, recentPaths } from "./recent";
import { closePalette, focusedBefore, usePaletteOpened } from "./palette";
import classes from "./Palette.module.css";

/** As many of a kind as fit beside the other kinds. */
const most = 7;
/** Milliseconds between the last key and the search. */
const pause = 80;

export interface Action {
  id: string;
  label: string;
  path: string;
  keywords: string;
  keys: string | undefined;
}
interface Entry {
  id: string;
  label: string;
  path: string;
  description?: string;
  keys?: string;
  place?: boolean;
}
interface Section {
  label: string;
  entries: readonly Entry[];
}

/** What is called as it was typed comes before what only has to do with it; all is `others` while nothing is typed. */
export function matching(actions: readonly Action[], wanted: string): { first: Action[]; others: Action[] } {
  const fits = actions.filter(({ label, keywords }) => `${label} ${keywords}`.toLocaleLowerCase().includes(wanted));
  const called = ({ label }: Action) => wanted !== "" && label.toLocaleLowerCase().startsWith(wanted);
  return { first: fits.filter(called), others: fits.filter((action) => !called(action)) };
}

const ofAction = ({ id, label, path, keys }: Action): Entry => ({
  id,
  label,
  path,
  place: true,
  ...(keys === undefined ? {} : { keys }),
});
const ofHit = ({ id, label, path, description }: Hit): Entry => ({
  id: `${path} ${id}`,
  label,
  path,
  ...(description === undefined ? {} : { description }),
});

/** What is offered for a text. `settled` says that nothing more comes for exactly this text. */
function useFound(text: string): { sections: Section[]; settled: boolean; failure: unknown } {
  const { t } = useTranslation();
  const { operations: held } = useSession();
  const { school } = usePlace();
  const typed = text.trim();
  const [asked] = useDebouncedValue(typed, pause);
  const groups = features
    .flatMap(({ search = [] }) => search)
    .filter(({ operations }) => allows(held, operations))
    .sort((one, other) => one.order - other.order);
  const found = useQueries({
    queries: groups.map((group, place) => ({
      queryKey: ["palette", place, school?.id ?? null, asked],
      queryFn: () => group.find(asked, school?.id ?? null),
      enabled: asked.length > 0,
      staleTime: 5_000,
      placeholderData: keepPreviousData, // What was found stays until there is something else: the list does not jump.
    })),
  });
  const { pathname } = useLocation();
  const recent = useQuery({
    queryKey: ["palette", "recent", school?.id ?? null, pathname],
    staleTime: 5_000,
    enabled: typed === "",
    queryFn: () =>
      findNames(
        recentPaths()
          .filter((path) => path !== pathname)
          .slice(0, most),
        held,
        school?.id ?? null,
        t,
      ),
  });
  const places = railEntries(held).map(
    (entry): Action => ({ id: entry.path, label: entry.label(t), path: entry.path, keywords: "", keys: undefined }),
  );
  const doable = features
    .flatMap(({ actions = [] }) => actions)
    .filter(({ operations }) => allows(held, operations))
    .map(
      (action): Action => ({
        id: action.id,
        label: action.label(t),
        path: action.path,
        keywords: action.keywords?.(t) ?? "",
        keys: action.keys,
      }),
    );
  const { first, others } = matching([...places, ...doable], typed.toLocaleLowerCase());
  const hits = groups.map((group, place) => ({
    label: group.label(t),
    order: group.order,
    entries: typed === "" ? [] : (found[place]?.data ?? []).slice(0, most).map(ofHit),
  }));
  const sections = [
    { label: t("frame.search.recent"), entries: typed === "" ? (recent.data ?? []).map(ofHit) : [] },
    { label: t("frame.search.actions"), entries: first.map(ofAction) },
    ...hits.filter(({ order }) => order <= 50),
    {
      label: t(first.length > 0 ? "frame.search.otherActions" : "frame.search.actions"),
      entries: others.map(ofAction),
    },
    ...hits.filter(({ order }) => order > 50),
  ].filter(({ entries }) => entries.length > 0);
  return {
    sections,
    settled: typed === "" ? !recent.isFetching : asked === typed && found.every(({ isFetching }) => !isFetching),
    failure: found.find(({ error }) => error !== null)?.error,
  };
}

export function Palette() {
  const { t } = useTranslation();
  const opened = usePaletteOpened();
  return (
    <Modal
      opened={opened}
      onClose={closePalette}
      withCloseButton={false}
      centered={false}
      yOffset="4.5rem"
      size="37.5rem"
      padding={0}
      zIndex={500}
      trapFocus={false}
      returnFocus={false}
      overlayProps={{ backgroundOpacity: 0.4 }}
      attributes={{ content: { "aria-label": t("frame.search.button") } }}
    >
      <HasFocus before={focusedBefore()}>
        <Search />
      </HasFocus>
    </Modal>
  );
}

function Search() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const id = useId();
  const [text, setText] = useState("");
  const [picked, setPicked] = useState<string | null>(null);
  const [entered, setEntered] = useState<(() => void) | null>(null);
  const { sections, settled, failure } = useFound(text);
  const entries = sections.flatMap((section) => section.entries);
  const at = Math.max(
    0,
    entries.findIndex((entry) => entry.id === picked),
  );
  const chosen = entries[at];
  const list = useRef<HTMLDivElement>(null);

  /** What is typed from now on is for the place that opens. */
  const open = async ({ path }: Entry, release: () => void) => {
    if (asksBeforeLeaving()) {
      // Its question has to be in front, and to have the keys.
      flushSync(closePalette);
      release();
      return void navigate({ to: path });
    }
    try {
      await navigate({ to: path });
    } finally {
      flushSync(closePalette);
      focusScreen();
      release();
    }
  };
  useEffect(() => {
    if (entered === null || !settled) return;
    setEntered(null);
    if (chosen === undefined) entered();
    else void open(chosen, entered);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies(chosen?.id): another entry chosen is what comes into sight.
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [chosen?.id]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step !== undefined && entries.length > 0)
      setPicked(entries[(at + step + entries.length) % entries.length]?.id ?? null);
    else if (event.key === "Enter") {
      const release = holdKeys(() => setEntered(null));
      setEntered(() => release);
    } else return;
    event.preventDefault();
  };
  return (
    <>
      <div className={classes.field}>
        <IconSearch size="1.125rem" aria-hidden />
        <input
          className={classes.input}
          value={text}
          placeholder={t("frame.search.placeholder")}
          aria-label={t("frame.search.button")}
          data-autofocus
          autoComplete="off"
          spellCheck={false}
          role="combobox"
          aria-expanded
          aria-controls={`${id}-list`}
          aria-activedescendant={chosen === undefined ? undefined : `${id}-${at}`}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setPicked(null);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div
        ref={list}
        id={`${id}-list`}
        role="listbox"
        aria-label={t("frame.search.button")}
        className={classes.list}
        tabIndex={-1}
      >
        {sections.map((section) => (
          <div key={section.label} role="group" aria-label={section.label}>
            <div className={classes.section} aria-hidden>
              {section.label}
            </div>
            {section.entries.map((entry) => (
              <Row
                key={entry.id}
                id={`${id}-${entries.indexOf(entry)}`}
                entry={entry}
                chosen={entry === chosen}
                onOpen={() => void open(entry, holdKeys())}
              >
                {entry.keys !== undefined && <Keys keys={entry.keys} />}
              </Row>
            ))}
          </div>
        ))}
        {entries.length === 0 && settled && (
          <Text size="sm" c="dimmed" p="md" role="status">
            {failure !== undefined ? t("frame.search.failed", { reason: errorText(failure) }) : t("frame.search.empty")}
          </Text>
        )}
      </div>
    </>
  );
}

function Row({
  id,
  entry,
  chosen,
  onOpen,
  children,
}: {
  id: string;
  entry: Entry;
  chosen: boolean;
  onOpen: () => void;
  children: ReactNode;
}) {
  return (
    <UnstyledButton
      id={id}
      role="option"
      aria-selected={chosen}
      tabIndex={-1}
      className={classes.row}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onOpen}
    >
      <span className={classes.words} dir="auto">
        <span className="name">{entry.label}</span>
        {entry.description !== undefined && <span className={classes.about}>{entry.description}</span>}
      </span>
      {children}
      {entry.place === true && <IconArrowRight size="1rem" className={classes.sign} aria-hidden />}
    </UnstyledButton>
  );
}
