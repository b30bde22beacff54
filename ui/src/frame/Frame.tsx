// The frame around every screen: the rail, the top bar and the keys that work everywhere.
import { ActionIcon, AppShell, NavLink, Select, Tooltip, UnstyledButton } from "@mantine/core";
import { useViewportSize } from "@mantine/hooks";
import { IconLayoutSidebar, IconSearch } from "@tabler/icons-react";
import { Outlet, useLocation, useNavigate, useRouter } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useClosing } from "../components/closing";
import { askBeforeLeaving } from "../components/leaving";
import { useTextScale } from "../components/width";
import { redoLatest, undoLatest } from "../components/undo";
import { UndoMenu } from "../components/UndoMenu";
import { useTranslation } from "../i18n";
import { railEntries, type RailEntry } from "../registry";
import { lockScreen } from "../session/lock";
import { recall, remember } from "../session/memory";
import { usePlace, useSession } from "../session/session";
import classes from "./Frame.module.css";
import { JobsIndicator } from "./JobsIndicator";
import { focusScreen, isFocusFree } from "./gate";
import { Keys, useScreenKeys } from "./keys";
import { KeysDialog } from "./KeysDialog";
import { Palette } from "./Palette";
import { openPalette } from "./palette";
import { PersonMenu } from "./PersonMenu";
import { larger, smaller, usualSize } from "./zoom";

export function Frame() {
  const { t } = useTranslation();
  const router = useRouter();
  const [wish, setWish] = useState(() => recall("rail") === "narrow");
  // Large text in a small window leaves no room for words beside the signs.
  const scale = useTextScale();
  const { width } = useViewportSize();
  const cramped = width > 0 && width / (16 * scale) < 56;
  const narrow = wish || cramped;
  const [keysShown, setKeysShown] = useState(false);
  const { attempt, Holder, question } = useClosing();
  const { pathname } = useLocation();
  // What had the focus is gone with the last screen: keys go to this one.
  // biome-ignore lint/correctness/useExhaustiveDependencies(pathname): another address is another screen.
  useEffect(() => {
    if (isFocusFree()) focusScreen();
  }, [pathname]);
  const toggle = () => {
    remember("rail", narrow ? "wide" : "narrow");
    setWish(!wish);
  };
  useScreenKeys(
    [
      { keys: "mod+K", label: t("frame.keys.search"), run: openPalette },
      { keys: "mod+Z", label: t("frame.keys.undo"), run: () => void undoLatest() },
      { keys: "mod+shift+Z", label: t("common.redo"), run: () => void redoLatest() },
      {
        keys: "Escape",
        label: t("frame.keys.back"),
        run: () =>
          attempt(() => {
            if (router.history.canGoBack()) router.history.back();
          }),
      },
      { keys: "mod+L", label: t("frame.person.lock"), run: lockScreen, shownOnly: true },
      { keys: "mod++", label: t("frame.keys.larger"), run: larger, shownOnly: true },
      { keys: "mod+-", label: t("frame.keys.smaller"), run: smaller, shownOnly: true },
      { keys: "mod+0", label: t("frame.keys.usualSize"), run: usualSize, shownOnly: true },
      { keys: "?", label: t("frame.keys.help"), run: () => setKeysShown(true) },
    ],
    { everywhere: true },
  );

  return (
    <AppShell
      header={{ height: 48 }}
      navbar={{ width: narrow ? 56 : 208, breakpoint: 0 }}
      padding={0}
      transitionDuration={0}
    >
      {/* biome-ignore lint/a11y/useValidAnchor: it leads to a place on the page; the router has the address. */}
      <a
        href="#screen"
        className={classes.skip}
        onClick={(event) => {
          event.preventDefault();
          document.getElementById("screen")?.focus();
        }}
      >
        {t("frame.skip")}
      </a>
      <AppShell.Header role="presentation">
        <div className={classes.header} role="region" aria-label={t("frame.bar")}>
          <Tooltip label={t(narrow ? "frame.rail.expand" : "frame.rail.collapse")}>
            <ActionIcon
              variant="subtle"
              color="gray"
              onClick={toggle}
              aria-label={t(narrow ? "frame.rail.expand" : "frame.rail.collapse")}
              aria-expanded={!narrow}
            >
              <IconLayoutSidebar size="1.125rem" />
            </ActionIcon>
          </Tooltip>
          <PlaceChoice />
          <UnstyledButton className={classes.search} onClick={openPalette} aria-keyshortcuts="Control+K">
            <IconSearch size="1rem" />
            <span>{t("frame.search.button")}</span>
            <Keys aria-hidden keys="mod+K" />
          </UnstyledButton>
          <JobsIndicator />
          <UndoMenu />
          <PersonMenu onKeys={() => setKeysShown(true)} />
        </div>
      </AppShell.Header>
      <AppShell.Navbar className={classes.rail} aria-label={t("frame.rail.title")}>
        <Rail narrow={narrow} />
      </AppShell.Navbar>
      <AppShell.Main id="screen" tabIndex={-1} className={classes.main} style={{ outline: "none" }}>
        <Holder>
          <Outlet />
        </Holder>
      </AppShell.Main>
      <Palette />
      {keysShown && <KeysDialog onClose={() => setKeysShown(false)} />}
      {question}
    </AppShell>
  );
}

function Rail({ narrow }: { narrow: boolean }) {
  const { operations } = useSession();
  const entries = railEntries(operations);
  const link = (entry: RailEntry) => <RailLink key={entry.path} entry={entry} narrow={narrow} />;
  return (
    <>
      {entries.filter(({ lower }) => lower !== true).map(link)}
      <div className={classes.lower}>{entries.filter(({ lower }) => lower === true).map(link)}</div>
    </>
  );
}

function RailLink({ entry, narrow }: { entry: RailEntry; narrow: boolean }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const router = useRouter();
  const label = entry.label(t);
  const active = [entry.path, ...(entry.also ?? [])].some(
    (path) => pathname === path || pathname.startsWith(`${path}/`),
  );
  const Icon = entry.icon;
  return (
    <Tooltip label={label} position="right" disabled={!narrow}>
      <NavLink
        component="a"
        href={router.history.createHref(entry.path)}
        className={classes.entry}
        active={active}
        data-narrow={narrow || undefined}
        aria-current={active ? "page" : undefined}
        aria-label={narrow ? label : undefined}
        label={narrow ? null : label}
        leftSection={<Icon size="1.125rem" stroke={1.75} />}
        onClick={(event) => {
          event.preventDefault();
          void navigate({ to: entry.path });
        }}
      />
    </Tooltip>
  );
}

function PlaceChoice() {
  const { t } = useTranslation();
  const { whoami } = useSession();
  const { school, term, terms, chooseSchool, chooseTerm } = usePlace();
  return (
    <>
      {whoami.schools.length > 1 ? (
        <Select
          size="xs"
          w={210}
          variant="filled"
          aria-label={t("frame.school")}
          allowDeselect={false}
          searchable={whoami.schools.length > 8}
          data={whoami.schools.map(({ id, name }) => ({ value: id, label: name }))}
          value={school?.id ?? null}
          onChange={(id) => id !== null && askBeforeLeaving(() => chooseSchool(id))}
        />
      ) : (
        <span className={`${classes.brand} name`} title={school?.name}>
          {school?.name ?? t("frame.noSchool")}
        </span>
      )}
      {terms.length > 0 && (
        <Select
          size="xs"
          w={150}
          variant="filled"
          aria-label={t("frame.term")}
          allowDeselect={false}
          data={terms.map(({ id, title }) => ({ value: id, label: title }))}
          value={term?.id ?? null}
          onChange={(id) => id !== null && chooseTerm(id)}
        />
      )}
    </>
  );
}
