// What a list is narrowed by now and then, behind one button that says how much of it is on.
import { Button, Popover, Stack } from "@mantine/core";
import { IconFilter } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import type { ListAddress } from "../../components/address";
import { useTranslation } from "../../i18n";

interface FilterMenuProps {
  /** What the list's filter is; of it these parts stand here. */
  filter: Readonly<Record<string, string | boolean | null>>;
  parts: readonly string[];
  choose: ListAddress["choose"];
  /** What is shown once it is open. */
  children: () => ReactNode;
}

export function FilterMenu({ filter, parts, choose, children }: FilterMenuProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const on = parts.filter((part) => {
    const held = filter[part] ?? null;
    return held !== null && held !== false;
  });
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" shadow="md" trapFocus returnFocus withinPortal>
      <Popover.Target>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconFilter size="0.875rem" />}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {on.length === 0 ? t("lists.filters.more") : t("lists.filters.moreOn", { count: on.length })}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t("lists.filters.more")}>
        <Stack gap="xs">
          {open && children()}
          <Button
            variant="subtle"
            size="xs"
            disabled={on.length === 0}
            // What the field of the school's own holds goes with the field.
            onClick={() => choose(Object.fromEntries([...parts, "ownValue"].map((part) => [part, null])))}
          >
            {t("lists.filters.clear")}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
