// The head of the screens of faces: which of them is shown, and its one action.
import type { OperationName } from "../../bindings/operations";
import { SegmentedControl } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { ScreenHead } from "../../components/ScreenHead";
import { useTranslation } from "../../i18n";
import { useSession } from "../../session/session";

const views = { students: "/faces", alike: "/faces/alike", uses: "/faces/uses", keys: "/faces/keys" } as const;
const needed: Record<View, readonly OperationName[]> = {
  students: ["faces.consent_state"],
  alike: ["faces.look_alikes"],
  uses: ["faces.face_uses"],
  keys: ["faces.show_recovery_key", "faces.purge_faces"],
};
type View = keyof typeof views;

export function FacesHead({ view, about, children }: { view: View; about: string; children?: ReactNode }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { may } = useSession();
  const open = (Object.keys(views) as View[]).filter((one) => may(...needed[one]));
  return (
    <ScreenHead title={t("faces.title")} about={about}>
      {open.length > 1 && (
        <SegmentedControl
          size="xs"
          aria-label={t("faces.views.label")}
          value={view}
          onChange={(next) => void navigate({ to: views[next as View] })}
          data={open.map((value) => ({ value, label: t(`faces.views.${value}`) }))}
        />
      )}
      {children}
    </ScreenHead>
  );
}
