// A guardian beside the list: where they are reached, and the children, of each with what of it is theirs.
import { Anchor, Button, Group, Stack, Text, Title, Tooltip } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { GuardianChild } from "../../bindings/GuardianChild";
import type { GuardianDetails } from "../../bindings/GuardianDetails";
import { guardian as askGuardian, student as askStudent } from "../../bindings/operations";
import { useListAddress } from "../../components/address";
import { Facts } from "../../components/Facts";
import { Pane } from "../../components/Pane";
import { Signal } from "../../components/Signal";
import { ErrorState, LoadingShape } from "../../components/states";
import { Keys, useScreenKeys } from "../../frame/keys";
import { useTranslation } from "../../i18n";
import { nameOfLanguage } from "../../language";
import { fullName, listName } from "../../names";
import { useSession } from "../../session/session";
import { classesInShort } from "../classes/kinds";
import { Changes } from "./Changes";
import { reachedFacts } from "./contact";
import { GuardianForm } from "./GuardianForm";
import { OwnFields } from "./OwnFields";
import classes from "./people.module.css";

export function GuardianPane({ guardian, onClose }: { guardian: string; onClose: () => void }) {
  const { t } = useTranslation();
  const found = useQuery({ ...askGuardian.query({ guardian }) });
  if (found.data !== undefined) return <OpenGuardian details={found.data} onClose={onClose} />;
  return (
    <Pane title={t("people.guardians.title")} label={t("people.guardians.title")} onClose={onClose}>
      {found.error !== null ? (
        <ErrorState error={found.error} onRetry={() => void found.refetch()} />
      ) : (
        <LoadingShape rows={8} />
      )}
    </Pane>
  );
}

function OpenGuardian({ details, onClose }: { details: GuardianDetails; onClose: () => void }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const { chosen, choose } = useListAddress("/guardians");
  const { guardian, school } = details;
  const { children } = guardian;
  const name = fullName(guardian);
  const mayEdit = may("people.save_guardian");
  // Of which child it is changed what the guardian is to them.
  const edited = mayEdit ? children.find(({ student }) => student === chosen("edit")) : undefined;
  const [first] = children;
  const edit = () => first !== undefined && choose({ edit: first.student });
  useScreenKeys(
    mayEdit && first !== undefined
      ? [{ keys: "mod+E", label: t("people.guardian.edit", { name }), opens: true, run: edit }]
      : [],
  );
  return (
    <Pane
      title={<bdi>{name}</bdi>}
      label={name}
      onClose={onClose}
      actions={
        mayEdit &&
        first !== undefined && (
          <Tooltip
            label={
              <>
                {t("common.edit")} <Keys keys="mod+E" />
              </>
            }
          >
            <Button variant="default" onClick={edit}>
              {t("common.edit")}
            </Button>
          </Tooltip>
        )
      }
    >
      <Stack gap="md">
        {children
          .filter(({ noAccess }) => noAccess)
          .map((child) => (
            <Signal key={child.student} tone="wrong">
              {t("people.guardians.noAccessTo", { name: fullName(child) })}
            </Signal>
          ))}
        <Facts
          facts={[
            [t("people.student.phone"), guardian.phone ?? t("people.student.noPhone")],
            [t("people.student.email"), guardian.email],
            ...reachedFacts(guardian),
            [t("people.student.language"), guardian.language && nameOfLanguage(guardian.language)],
          ]}
        />
        <OwnFields of={{ guardian: guardian.id }} name={name} />
        <section>
          <Title order={3} mb={4}>
            {t("people.guardians.children")}
          </Title>
          {children.length === 0 && (
            <Text size="sm" c="dimmed">
              {t("people.guardians.noChild")}
            </Text>
          )}
          <Stack gap="xs">
            {children.map((child) => (
              <Child
                key={child.student}
                child={child}
                {...(mayEdit ? { onEdit: () => choose({ edit: child.student }) } : {})}
              />
            ))}
          </Stack>
        </section>
        {may("upkeep.history") && (
          <section>
            <Title order={3} mb={4}>
              {t("people.student.tabs.history")}
            </Title>
            <Changes school={school} table="guardians" row={guardian.id} />
          </section>
        )}
      </Stack>
      {edited !== undefined && (
        <Edit
          key={edited.student}
          guardian={guardian.id}
          student={edited.student}
          onClose={() => choose({ edit: null })}
        />
      )}
    </Pane>
  );
}

function Child({ child, onEdit }: { child: GuardianChild; onEdit?: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const about = [
    child.relationship,
    classesInShort(child.classes),
    child.status === "active" ? "" : t(`people.status.${child.status}`),
  ];
  const theirs = [
    t(child.mayCollect ? "people.guardian.collects" : "people.guardian.collectsNot"),
    t(child.getsLetters ? "people.guardian.letters" : "people.guardian.lettersNot"),
  ];
  return (
    <div className={classes.card}>
      <Group justify="space-between" wrap="nowrap" align="start">
        <div>
          <Anchor
            component="button"
            type="button"
            size="sm"
            onClick={() => void navigate({ to: `/students/${child.student}` })}
          >
            <bdi>{listName(child)}</bdi>
          </Anchor>{" "}
          <Text span size="xs" c="dimmed">
            {about.filter((part) => part !== "").join(" · ")}
          </Text>
          {!child.noAccess && (
            <Text size="xs" c="dimmed">
              {theirs.join(" · ")}
            </Text>
          )}
        </div>
        <Group gap="xs" wrap="nowrap">
          {child.noAccess && <Signal tone="wrong">{t("people.guardian.none")}</Signal>}
          {child.isPrimary && !child.noAccess && (
            <Signal tone="good" sign="1">
              {t("people.student.call")}
            </Signal>
          )}
          {onEdit !== undefined && (
            <Button
              variant="default"
              aria-label={t("people.guardians.editOf", { name: fullName(child) })}
              onClick={onEdit}
            >
              {t("common.edit")}
            </Button>
          )}
        </Group>
      </Group>
    </div>
  );
}

/** The form of a guardian stands beside the child that it is about, which is asked for first. */
function Edit({ guardian, student, onClose }: { guardian: string; student: string; onClose: () => void }) {
  const found = useQuery({ ...askStudent.query({ student }) });
  const [opened, setOpened] = useState(0);
  const row = found.data?.guardians.find(({ id }) => id === guardian);
  if (found.data === undefined || row === undefined)
    return found.error === null ? null : <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
  return (
    <GuardianForm
      key={opened}
      student={found.data}
      guardian={row}
      onClose={onClose}
      onReload={() => setOpened(opened + 1)}
    />
  );
}
