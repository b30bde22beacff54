// Consent and enrolment of each student; a student opens beside the list.
import { Alert, Button, Select, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";
import type { FaceState } from "../../bindings/FaceState";
import type { FaceStatus } from "../../bindings/FaceStatus";
import { consentState, registersOfDay } from "../../bindings/operations";
import { PagedTable, type ListColumn, type PageRequest } from "../../components/PagedTable";
import { Beside } from "../../components/Pane";
import { PersonName } from "../../components/PersonName";
import { Screen } from "../../components/ScreenHead";
import { Signal } from "../../components/Signal";
import { EmptyState, ErrorState, LoadingShape } from "../../components/states";
import { t, useTranslation } from "../../i18n";
import { formatDay } from "../../numbers";
import { usePlace, useSession } from "../../session/session";
import { EnrolAgain } from "./EnrolAgain";
import classes from "./faces.module.css";
import { FacesHead } from "./FacesHead";
import { StudentPane } from "./StudentPane";
import { byTitle } from "../../names";
import { holdsAnything, useFaceStatus } from "./state";
import { say } from "../../words";

function Consent({ row }: { row: FaceState }) {
  if (row.objection !== null) return <Signal tone="wrong">{t("faces.list.objection")}</Signal>;
  if (row.consent === null && row.consentEnded !== null)
    return <Signal tone="attention">{t("faces.list.ended")}</Signal>;
  if (row.consent === null) return <Signal tone="neutral">{t("faces.list.missing")}</Signal>;
  return row.consentCurrent ? (
    <Signal tone="good">{t("faces.list.given")}</Signal>
  ) : (
    <Signal tone="attention">{t("faces.list.outdated")}</Signal>
  );
}

function Enrolled({ row }: { row: FaceState }) {
  if (row.templates > 0) return <Signal tone="good">{t("faces.list.templates", { count: row.templates })}</Signal>;
  return row.outdatedTemplates > 0 ? (
    <Signal tone="attention">{t("faces.list.renew")}</Signal>
  ) : (
    <Signal tone="neutral">{t("faces.list.none")}</Signal>
  );
}

const columns: ListColumn<FaceState>[] = [
  {
    id: "name",
    header: () => t("faces.list.name"),
    cell: (row) => <PersonName person={row} />,
    width: "minmax(9rem, 2fr)",
  },
  {
    id: "native",
    header: () => t("faces.list.native"),
    cell: (row) => (row.nativeName === null ? "" : <PersonName name={row.nativeName} />),
    width: "minmax(5rem, 1fr)",
    lesser: 3,
  },
  { id: "number", header: () => t("faces.list.number"), cell: (row) => row.number, width: "5rem", lesser: 2 },
  {
    id: "consent",
    header: () => t("faces.list.consent"),
    cell: (row) => <Consent row={row} />,
    width: "minmax(11rem, 1fr)",
  },
  {
    id: "enrolled",
    header: () => t("faces.list.enrolled"),
    cell: (row) => <Enrolled row={row} />,
    width: "minmax(8.25rem, 1fr)",
    lesser: 1,
  },
  {
    id: "goes",
    header: () => t("faces.list.goes"),
    cell: (row) => (row.goesOn !== null && holdsAnything(row) ? formatDay(row.goesOn) : ""),
    width: "minmax(7.5rem, 1fr)",
    lesser: 4,
  },
];

export default function FacesScreen() {
  const { t } = useTranslation();
  const { school } = usePlace();
  if (school === null) return <EmptyState title={t("attendance.noSchool")}>{t("attendance.noSchoolText")}</EmptyState>;
  return <OfSchool school={school.id} today={school.today} />;
}

interface Ask {
  class?: string | undefined;
  consented?: boolean | undefined;
  student?: string | undefined;
}

function useAsk() {
  const raw = useSearch({ strict: false }) as Record<string, unknown>;
  const navigate = useNavigate();
  const text = (name: "class" | "student") => (typeof raw[name] === "string" ? { [name]: raw[name] } : {});
  const ask: Ask = {
    ...text("class"),
    ...text("student"),
    ...(typeof raw.consented === "boolean" ? { consented: raw.consented } : {}),
  };
  return {
    ask,
    go: (next: Ask, replace = true) => void navigate({ to: "/faces", search: { ...ask, ...next }, replace }),
  };
}

function OfSchool({ school, today }: { school: string; today: string }) {
  const { t } = useTranslation();
  const { ask, go } = useAsk();
  const status = useFaceStatus(school);
  const choices = useQuery({
    ...registersOfDay.query({ school, date: today }),
    select: ({ classes: all }) =>
      all
        .map((row) => ({ value: row.class, label: row.classTitle }))
        .toSorted((one, other) => byTitle(one.label, other.label)),
  });
  const anybody = useQuery({
    ...consentState.query({ school, consented: true, offset: 0, limit: 1 }),
    select: ({ total }) => total > 0,
    enabled: status.data?.on === false,
  });
  const { class: of, consented, student } = ask;
  const load = useCallback(
    ({ offset, limit, filter }: PageRequest) =>
      consentState({ school, class: of ?? null, consented: consented ?? null, search: filter, offset, limit }),
    [school, of, consented],
  );
  const navigate = useNavigate();
  const { may } = useSession();
  const head = (
    <FacesHead view="students" about={t("faces.about")}>
      {status.data?.on === true && may("faces.record_consents") && (
        <Button variant="default" onClick={() => void navigate({ to: "/faces/consents" })}>
          {t("faces.letters.open")}
        </Button>
      )}
      {status.data?.on === true && may("faces.enrol_faces_in_bulk") && (
        <Button onClick={() => void navigate({ to: "/faces/bulk" })}>{t("faces.list.bulk")}</Button>
      )}
    </FacesHead>
  );
  if (status.data === undefined || (!status.data.on && anybody.data === undefined)) {
    const failure = status.error ?? anybody.error;
    return (
      <Screen head={head}>
        {failure === null ? (
          <LoadingShape />
        ) : (
          <ErrorState
            error={failure}
            onRetry={() => {
              void status.refetch();
              void anybody.refetch();
            }}
          />
        )}
      </Screen>
    );
  }
  if (!status.data.on && anybody.data === false)
    return (
      <Screen head={head}>
        <Off status={status.data} whole />
      </Screen>
    );
  return (
    <Screen padded={false} head={head}>
      <Beside
        pane={
          student === undefined ? null : (
            <StudentPane
              key={student}
              school={school}
              student={student}
              status={status.data}
              onClose={() => go({ student: undefined })}
            />
          )
        }
      >
        <Trouble status={status.data} school={school} />
        <PagedTable
          label={t("faces.title")}
          {...consentState.about({ school }, of, consented)}
          load={load}
          columns={columns}
          rowId={(row) => row.student}
          open={student ?? null}
          onOpen={(row) => go({ student: row.student })}
          filters={
            <>
              <Select
                size="xs"
                w={160}
                searchable
                aria-label={t("faces.list.class")}
                placeholder={t("faces.list.allClasses")}
                clearable
                data={choices.data ?? []}
                value={of ?? null}
                onChange={(next) => go({ class: next ?? undefined, student: undefined })}
              />
              <Select
                size="xs"
                w={170}
                aria-label={t("faces.list.filter")}
                allowDeselect={false}
                value={consented === undefined ? "all" : String(consented)}
                data={[
                  { value: "all", label: t("faces.list.everybody") },
                  { value: "true", label: t("faces.list.with") },
                  { value: "false", label: t("faces.list.without") },
                ]}
                onChange={(next) =>
                  go({ consented: next === "true" ? true : next === "false" ? false : undefined, student: undefined })
                }
              />
            </>
          }
          empty={
            <EmptyState title={t("faces.list.empty")}>
              {t(of === undefined && consented === undefined ? "faces.list.emptyText" : "faces.list.emptyFilter")}
            </EmptyState>
          }
        />
      </Beside>
    </Screen>
  );
}

/** What stands in the way, above the list. */
function Trouble({ status, school }: { status: FaceStatus; school: string }) {
  const { t } = useTranslation();
  const { models, key } = status;
  return (
    <>
      {!status.on && <Off status={status} whole={false} />}
      {status.on && models.problem !== null && (
        <Alert color="wrong" mx="md" mb="xs" p="xs" title={t("faces.models")}>
          {say(models.problem)} {say(models.help)}
        </Alert>
      )}
      {status.on && key.problem !== null && (
        <Alert color="wrong" mx="md" mb="xs" p="xs" title={t("faces.key")}>
          {say(key.problem)} {say(key.help)}
        </Alert>
      )}
      {status.on && models.problem === null && key.problem === null && (
        <EnrolAgain enrolled={status.enrolled} school={school} />
      )}
    </>
  );
}

function Off({ status, whole }: { status: FaceStatus; whole: boolean }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const navigate = useNavigate();
  const settings = may("schools.save_settings") ? (
    <Button variant={whole ? "filled" : "default"} onClick={() => void navigate({ to: "/settings/faces" })}>
      {t("faces.off.settings")}
    </Button>
  ) : undefined;
  if (!whole)
    return (
      <Alert color="attention" mx="md" mb="xs" p="xs" title={t("faces.off.title")}>
        {t("faces.off.text")} {settings !== undefined && <div>{settings}</div>}
      </Alert>
    );
  return (
    <EmptyState title={t("faces.off.title")} action={settings}>
      {t("faces.off.text")}
      <Text size="sm" fw={600} mt="md" mb={4} ta="start">
        {t("faces.off.wording", { version: status.policyVersion })}
      </Text>
      <div
        className={classes.wording}
        style={{ textAlign: "start" }}
        tabIndex={0}
        role="region"
        aria-label={t("faces.off.wording", { version: status.policyVersion })}
      >
        {status.policy === "" ? t("faces.off.noWording") : status.policy}
      </div>
    </EmptyState>
  );
}
