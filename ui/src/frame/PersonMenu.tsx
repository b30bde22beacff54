// The person's own menu: password, sessions, how this window looks, and the way out.
import { Avatar, Menu, Stack, Text, UnstyledButton, useMantineColorScheme, VisuallyHidden } from "@mantine/core";
import { IconDevices, IconKey, IconKeyboard, IconLock, IconLogout, IconZoomIn, IconZoomOut } from "@tabler/icons-react";
import { notifications } from "@mantine/notifications";
import { useNavigate } from "@tanstack/react-router";
import { setLanguage } from "../bindings/operations";
import { errorText, speak, useTranslation } from "../i18n";
import { choices, language, type Language, ownName, rememberLanguage } from "../language";
import { refusal } from "../components/change";
import { lockScreen } from "../session/lock";
import { useSession } from "../session/session";
import { askBeforeLeaving } from "../components/leaving";
import { leave } from "../session/entry";
import { Keys } from "./keys";
import { larger, smaller, useZoom } from "./zoom";

/** Another language: the window is drawn anew in it, and it is the person's own at every computer. */
function choose(next: Language) {
  rememberLanguage(next);
  setLanguage({ language: next }).catch(refusal);
  void speak(next).catch(refusal);
}

export function PersonMenu({ onKeys }: { onKeys: () => void }) {
  const { t } = useTranslation();
  const { whoami } = useSession();
  const navigate = useNavigate();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const name = whoami.name;
  const zoom = useZoom();
  return (
    <Menu
      position="bottom-end"
      width={240}
      withInitialFocusPlaceholder={false}
      withinPortal={false}
      middlewares={{
        size: {
          apply: ({ availableHeight, elements }) => {
            elements.floating.style.maxHeight = `${availableHeight}px`;
          },
        },
      }}
    >
      <Menu.Target>
        <UnstyledButton title={name}>
          <Avatar name={name} color="accent" size={30} radius="xl" />
          <VisuallyHidden>{t("frame.person.menu")}</VisuallyHidden>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown style={{ overflow: "auto" }}>
        <Stack gap={0} px="sm" py={6}>
          <Text size="sm" fw={600} className="name" title={name}>
            {name}
          </Text>
          <Text size="xs" c="dimmed" className="name">
            {whoami.username}
          </Text>
        </Stack>
        <Menu.Divider />
        <Menu.Item leftSection={<IconKey size="1rem" />} onClick={() => void navigate({ to: "/account/password" })}>
          {t("frame.person.password")}
        </Menu.Item>
        <Menu.Item leftSection={<IconDevices size="1rem" />} onClick={() => void navigate({ to: "/account/sessions" })}>
          {t("frame.person.sessions")}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size="1rem" />} onClick={onKeys}>
          {t("frame.keys.title")}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t("frame.person.size", { percent: zoom })}</Menu.Label>
        <Menu.Item
          closeMenuOnClick={false}
          leftSection={<IconZoomIn size="1rem" />}
          rightSection={<Keys keys="mod++" />}
          onClick={larger}
        >
          {t("frame.keys.larger")}
        </Menu.Item>
        <Menu.Item
          closeMenuOnClick={false}
          leftSection={<IconZoomOut size="1rem" />}
          rightSection={<Keys keys="mod+-" />}
          onClick={smaller}
        >
          {t("frame.keys.smaller")}
        </Menu.Item>
        <Menu.Divider />
        <Menu.RadioGroup value={colorScheme} onChange={(value) => setColorScheme(value as "light" | "dark" | "auto")}>
          <Menu.Label>{t("frame.person.scheme")}</Menu.Label>
          <Menu.RadioItem value="light">{t("frame.person.light")}</Menu.RadioItem>
          <Menu.RadioItem value="dark">{t("frame.person.dark")}</Menu.RadioItem>
          <Menu.RadioItem value="auto">{t("frame.person.system")}</Menu.RadioItem>
        </Menu.RadioGroup>
        <Menu.RadioGroup value={language()} onChange={(value) => choose(value as Language)}>
          <Menu.Label>{t("frame.person.language")}</Menu.Label>
          {choices().map((one) => (
            <Menu.RadioItem key={one} value={one} lang={one}>
              <bdi>{ownName(one)}</bdi>
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLock size="1rem" />} rightSection={<Keys keys="mod+L" />} onClick={lockScreen}>
          {t("frame.person.lock")}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconLogout size="1rem" />}
          onClick={() =>
            askBeforeLeaving(
              () =>
                void leave().catch((reason: unknown) =>
                  notifications.show({ color: "wrong", message: errorText(reason) }),
                ),
            )
          }
        >
          {t("frame.person.signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
