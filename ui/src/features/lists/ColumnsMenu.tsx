// Which columns a list shows, and in which order: ticked and moved by pointer or keys, kept when the menu closes.
import { ActionIcon, Button, Checkbox, Group, Popover, Stack, Text, Tooltip } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconColumns3 } from "@tabler/icons-react";
import { useRef, useState, type KeyboardEvent } from "react";
import type { ColumnInfo } from "../../bindings/ColumnInfo";
import { useTranslation } from "../../i18n";
import { say } from "../../words";
import { usualColumns } from "./columns";
import classes from "./lists.module.css";

interface ColumnsMenuProps {
  known: readonly ColumnInfo[];
  shown: readonly string[];
  /** ShownList already while the menu is open. */
  onChange: (columns: readonly string[]) => void;
  /** The menu closes with other columns than it was opened with; null: the usual ones. */
  onKeep: (columns: readonly string[] | null) => void;
}

export function ColumnsMenu({ known, shown, onChange, onKeep }: ColumnsMenuProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [before, setBefore] = useState<readonly string[]>(shown);
  const list = useRef<HTMLUListElement>(null);
  const usual = usualColumns(known);
  const same = (one: readonly string[], other: readonly string[]) => one.join(" ") === other.join(" ");
  const turn = (next: boolean) => {
    if (next) setBefore(shown);
    else if (!same(before, shown)) onKeep(same(shown, usual) ? null : shown);
    setOpen(next);
  };
  // The shown ones in their order, then what else there is.
  const others = known.filter(({ id }) => !shown.includes(id)).map(({ id }) => id);
  const rows = [...shown, ...others].flatMap((id) => known.find((column) => column.id === id) ?? []);
  const move = (id: string, by: number) => {
    const at = shown.indexOf(id);
    const to = at + by;
    if (at < 0 || to < 0 || to >= shown.length) return;
    const next = shown.filter((one) => one !== id);
    onChange([...next.slice(0, to), id, ...next.slice(to)]);
  };
  const onKeyDown = (event: KeyboardEvent, id: string, place: number) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    if (event.altKey) move(id, step);
    else list.current?.querySelectorAll<HTMLInputElement>("input[type=checkbox]")[place + step]?.focus();
  };
  return (
    <Popover opened={open} onChange={turn} position="bottom-end" shadow="md" trapFocus returnFocus withinPortal>
      <Popover.Target>
        <Tooltip label={t("lists.columns.open")}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("lists.columns.open")}
            aria-expanded={open}
            onClick={() => turn(!open)}
          >
            <IconColumns3 size="1rem" />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown aria-label={t("lists.columns.title")}>
        <Stack gap="xs">
          <Text size="xs" c="dimmed" maw="16rem">
            {t("lists.columns.help")}
          </Text>
          <ul className={classes.columns} ref={list} aria-label={t("lists.columns.title")}>
            {rows.map(({ id, head }, place) => {
              const at = shown.indexOf(id);
              const name = say(head);
              return (
                <li key={id}>
                  <Checkbox
                    size="xs"
                    label={name}
                    checked={at >= 0}
                    disabled={at >= 0 && shown.length === 1}
                    onChange={() => onChange(at >= 0 ? shown.filter((one) => one !== id) : [...shown, id])}
                    onKeyDown={(event) => onKeyDown(event, id, place)}
                  />
                  {at >= 0 && (
                    <Group gap={0} wrap="nowrap">
                      <ActionIcon
                        size="xs"
                        variant="subtle"
                        color="gray"
                        tabIndex={-1}
                        aria-label={t("lists.columns.up", { column: name })}
                        disabled={at === 0}
                        onClick={() => move(id, -1)}
                      >
                        <IconArrowUp size="0.75rem" />
                      </ActionIcon>
                      <ActionIcon
                        size="xs"
                        variant="subtle"
                        color="gray"
                        tabIndex={-1}
                        aria-label={t("lists.columns.down", { column: name })}
                        disabled={at === shown.length - 1}
                        onClick={() => move(id, 1)}
                      >
                        <IconArrowDown size="0.75rem" />
                      </ActionIcon>
                    </Group>
                  )}
                </li>
              );
            })}
          </ul>
          <Button variant="default" size="xs" disabled={same(shown, usual)} onClick={() => onChange(usual)}>
            {t("lists.columns.usual")}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
