// The photograph in a person's head: shown to who reaches the person, set, replaced and taken away by the office.
import { FileButton, Menu, UnstyledButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { portrait as askPortrait, savePortrait } from "../../bindings/operations";
import type { PortraitOf } from "../../bindings/PortraitOf";
import { change } from "../../components/change";
import { Portrait } from "../../components/Portrait";
import { upload } from "../../files";
import { useTranslation } from "../../i18n";
import { fullName, type Named } from "../../names";
import { useSession } from "../../session/session";

const pictures = "image/jpeg,image/png,image/webp,image/gif";

export function PortraitHead({ of, person, mayEdit }: { of: PortraitOf; person: Named; mayEdit: boolean }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const [busy, setBusy] = useState(false);
  const found = useQuery({ ...askPortrait.query({ of }) });
  const name = fullName(person);
  const there = found.data ?? null;
  const version = there === null ? {} : { version: there.version };
  const alt = there === null ? t("people.portrait.none", { name }) : t("people.portrait.of", { name });
  const shown = <Portrait person={person} jpeg={there?.jpeg ?? null} alt={alt} />;
  if (!mayEdit || !may("people.save_portrait") || found.data === undefined) return shown;
  const choose = async (file: File | null) => {
    if (file === null) return;
    setBusy(true);
    await change(
      async () => savePortrait({ of, ...version, picture: await upload(file) }),
      t("people.portrait.saved", { name }),
    );
    setBusy(false);
  };
  return (
    <FileButton accept={pictures} onChange={(file) => void choose(file)}>
      {({ onClick }) => (
        <Menu position="bottom-start" disabled={busy}>
          <Menu.Target>
            <UnstyledButton aria-label={t("people.portrait.change", { name })} aria-busy={busy}>
              {shown}
            </UnstyledButton>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={onClick}>
              {t(there === null ? "people.portrait.choose" : "people.portrait.replace")}
            </Menu.Item>
            {there !== null && (
              <Menu.Item
                onClick={() =>
                  void change(() => savePortrait({ of, ...version }), t("people.portrait.removed", { name }))
                }
              >
                {t("people.portrait.remove")}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
    </FileButton>
  );
}
