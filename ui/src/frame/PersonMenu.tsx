// The person's own menu: password, sessions, how this window looks, and the way out.
import { Avatar, Menu, SegmentedControl, Stack, Text, UnstyledButton, useDirection, useMantineColorScheme } from "@mantine/core";
import { IconDevices, IconKey, IconKeyboard, IconLogout } from "@tabler/icons-react";
import { notifications } from "@mantine/notifications";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { errorText } from "../i18n";
import { remember } from "../session/memory";
import { useSession } from "../session/session";
import { leave } from "../session/entry";

export function PersonMenu({ onKeys }: { onKeys: () => void }) {
  const { t } = useTranslation();
  const { whoami } = useSession();
  const navigate = useNavigate();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { dir, setDirection } = useDirection();
  const name = whoami.name;
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <UnstyledButton aria-label={t("frame.person.menu")} title={name}>
          <Avatar name={name} color="accent" size={30} radius="xl" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Stack gap={0} px="sm" py={6}>
          <Text size="sm" fw={600} className="name" title={name}>{name}</Text>
          <Text size="xs" c="dimmed" className="name">{whoami.username}</Text>
        </Stack>
        <Menu.Divider />
        <Menu.Item leftSection={<IconKey size={16} />} onClick={() => void navigate({ to: "/account/password" })}>{t("frame.person.password")}</Menu.Item>
        <Menu.Item leftSection={<IconDevices size={16} />} onClick={() => void navigate({ to: "/account/sessions" })}>{t("frame.person.sessions")}</Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={onKeys}>{t("frame.keys.title")}</Menu.Item>
        <Menu.Divider />
        <Stack gap={6} px="sm" py={6}>
          <Text size="xs" c="dimmed" id="scheme-label">{t("frame.person.scheme")}</Text>
          <SegmentedControl
            size="xs" aria-labelledby="scheme-label" value={colorScheme}
            onChange={(value) => setColorScheme(value as "light" | "dark" | "auto")}
            data={[{ value: "light", label: t("frame.person.light") }, { value: "dark", label: t("frame.person.dark") }, { value: "auto", label: t("frame.person.system") }]}
          />
          <Text size="xs" c="dimmed" id="direction-label">{t("frame.person.direction")}</Text>
          <SegmentedControl
            size="xs" aria-labelledby="direction-label" value={dir}
            onChange={(value) => { remember("direction", value); setDirection(value as "ltr" | "rtl"); }}
            data={[{ value: "ltr", label: t("frame.person.ltr") }, { value: "rtl", label: t("frame.person.rtl") }]}
          />
        </Stack>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLogout size={16} />}
          onClick={() => void leave().catch((reason: unknown) => notifications.show({ color: "wrong", message: errorText(reason) }))}
        >
          {t("frame.person.signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
