// Says that other schools of the district send students, where somebody may answer; nothing where nobody waits.
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { transfers } from "../../../bindings/operations";
import { useTranslation } from "../../../i18n";
import { usePlace, useSession } from "../../../session/session";

export function TransfersWaiting() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { may } = useSession();
  const { school } = usePlace();
  const found = useQuery({
    ...transfers.query({ school: school?.id ?? "" }),
    enabled: school !== null && may("people.transfers"),
  });
  const count = found.data?.incoming.length ?? 0;
  const declined = found.data?.outgoing.filter(({ state }) => state === "declined").length ?? 0;
  if (count + declined === 0) return null;
  return (
    <Button variant="light" size="xs" onClick={() => void navigate({ to: "/transfers" })}>
      {count > 0 ? t("people.transfers.waiting", { count }) : t("people.transfers.declinedCount", { count: declined })}
    </Button>
  );
}
