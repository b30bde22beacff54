// Ctrl K: finds students and classes as one types, and everything that can be done.
import { Text } from "@mantine/core";
import { createSpotlight, Spotlight } from "@mantine/spotlight";
import { useDebouncedValue } from "@mantine/hooks";
import { IconArrowRight, IconSearch } from "@tabler/icons-react";
import { useQueries } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "../i18n";
import { allows, features, railEntries, type Hit } from "../registry";
import { usePlace, useSession } from "../session/session";
import { Keys } from "./keys";

const [store, palette] = createSpotlight();
export const openPalette = (): void => palette.open();

/** As many of a kind as fit beside the other kinds. */
const most = 7;

interface Action { id: string; label: string; path: string; keywords: string; keys: string | undefined }
type Section = { label: string; actions: readonly Action[] } | { label: string; hits: readonly Hit[] };

/** What is called as it was typed comes before what only has to do with it; all is `others` while nothing is typed. */
export function matching(actions: readonly Action[], wanted: string): { first: Action[]; others: Action[] } {
  const fits = actions.filter(({ label, keywords }) => `${label} ${keywords}`.toLocaleLowerCase().includes(wanted));
  const called = ({ label }: Action) => wanted !== "" && label.toLocaleLowerCase().startsWith(wanted);
  return { first: fits.filter(called), others: fits.filter((action) => !called(action)) };
}

export function Palette() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { operations: held } = useSession();
  const { school } = usePlace();
  const [text, setText] = useState("");
  const [asked] = useDebouncedValue(text.trim(), 80);
  const groups = features.flatMap(({ search = [] }) => search).filter(({ operations }) => allows(held, operations)).sort((one, other) => one.order - other.order);
  const found = useQueries({
    queries: groups.map((group, place) => ({
      queryKey: ["palette", place, school?.id ?? null, asked],
      queryFn: () => group.find(asked, school?.id ?? null),
      enabled: asked.length > 0,
      staleTime: 5_000,
    })),
  });

  const go = (path: string) => void navigate({ to: path });
  const wanted = text.trim().toLocaleLowerCase();
  const places = railEntries(held).map((entry) => ({ id: entry.path, label: entry.label(t), path: entry.path, keywords: "", keys: undefined }));
  const doable = features.flatMap(({ actions = [] }) => actions)
    .filter(({ operations }) => allows(held, operations))
    .map((action) => ({ id: action.id, label: action.label(t), path: action.path, keywords: action.keywords ?? "", keys: action.keys }));
  const { first, others } = matching([...places, ...doable], wanted);
  const hits = groups.map((group, place) => ({ label: group.label(t), order: group.order, hits: asked === "" ? [] : (found[place]?.data ?? []).slice(0, most) })).filter((group) => group.hits.length > 0);
  const sections: Section[] = [
    { label: t("frame.search.actions"), actions: first },
    ...hits.filter(({ order }) => order <= 50),
    { label: t(first.length > 0 ? "frame.search.otherActions" : "frame.search.actions"), actions: others },
    ...hits.filter(({ order }) => order > 50),
  ].filter((section) => ("hits" in section ? section.hits : section.actions).length > 0);
  const failure = found.find(({ error }) => error !== null)?.error;

  return (
    <Spotlight.Root
      store={store} shortcut={null} query={text} onQueryChange={setText} clearQueryOnClose
      transitionProps={{ duration: 80 }} maxHeight={420} scrollable attributes={{ content: { "aria-label": t("frame.search.button") } }} overlayProps={{ blur: 0, backgroundOpacity: 0.4 }}
    >
      <Spotlight.Search placeholder={t("frame.search.placeholder")} aria-label={t("frame.search.button")} leftSection={<IconSearch size={18} />} />
      <Spotlight.ActionsList>
        {sections.map((section) => (
          <Spotlight.ActionsGroup key={section.label} label={section.label}>
            {"hits" in section
              ? section.hits.map((hit) => <Spotlight.Action key={hit.id} label={hit.label} description={hit.description} onClick={() => go(hit.path)} dir="auto" />)
              : section.actions.map((action) => (
                <Spotlight.Action
                  key={action.id} label={action.label} onClick={() => go(action.path)} leftSection={<IconArrowRight size={16} />}
                  rightSection={action.keys === undefined ? undefined : <Keys keys={action.keys} />}
                />
              ))}
          </Spotlight.ActionsGroup>
        ))}
        {sections.length === 0 && (
          <Spotlight.Empty>
            <Text size="sm" c="dimmed">
              {failure ? t("frame.search.failed", { reason: errorText(failure) }) : t("frame.search.empty")}
            </Text>
          </Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}
