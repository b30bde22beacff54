// Many faces from photographs named by student number: looked at first, then enrolled, with a report by number.
import { Alert, Button, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { Dropzone } from "@mantine/dropzone";
import { IconFileZip } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { BulkReport } from "../../bindings/BulkReport";
import { enrolFacesInBulk, enrolFolder } from "../../bindings/operations";
import { asOperationError } from "../../bridge";
import { refusal } from "../../components/change";
import { Loses } from "../../components/closing";
import { JobProgress } from "../../components/JobProgress";
import { Screen, ScreenHead } from "../../components/ScreenHead";
import { chooseFolder, upload } from "../../files";
import { errorText, useTranslation } from "../../i18n";
import { usePlace } from "../../session/session";
import { BulkTable } from "./BulkTable";
import classes from "./faces.module.css";
import { facesChanged } from "./state";

type Source = { upload: string } | { folder: string };

export default function BulkScreen() {
  const { school } = usePlace();
  // Photographs chosen for one school are not enrolled in another.
  return school === null ? null : <OfSchool key={school.id} school={school.id} />;
}

function OfSchool({ school }: { school: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [source, setSource] = useState<Source | null>(null);
  const [job, setJob] = useState("");
  const work = useMutation({
    mutationFn: ({ apply, from, id }: { apply: boolean; from: Source; id: string }) =>
      "folder" in from
        ? enrolFolder({ school, folder: from.folder, apply }, id)
        : enrolFacesInBulk({ school, upload: from.upload, apply }, id),
    onSuccess: ({ applied }) => {
      if (!applied) return;
      facesChanged();
    },
  });
  const run = (from: Source, apply: boolean) => {
    const id = crypto.randomUUID();
    setSource(from);
    setJob(id);
    work.mutate({ apply, from, id });
  };
  const give = useMutation({ mutationFn: upload, onSuccess: (id) => run({ upload: id }, false) });
  const again = () => {
    setSource(null);
    work.reset();
    give.reset();
  };
  const report = work.data;
  const ready = report?.students.filter(({ outcome }) => outcome === "ready").length ?? 0;
  const failure = give.error ?? work.error;
  return (
    <Screen
      padded={false}
      head={
        <ScreenHead title={t("faces.bulk.title")} about={t("faces.bulk.about")}>
          {report !== undefined && (
            <Button variant="default" onClick={again}>
              {t("faces.bulk.another")}
            </Button>
          )}
          {report?.applied === false && source !== null && (
            <Button disabled={ready === 0} onClick={() => run(source, true)}>
              {ready === 0 ? t("faces.bulk.nobody") : t("faces.bulk.enrol", { count: ready })}
            </Button>
          )}
          {report?.applied === true && (
            <Button onClick={() => void navigate({ to: "/faces" })}>{t("common.done")}</Button>
          )}
        </ScreenHead>
      }
    >
      {report?.applied === false && ready > 0 && (
        <Loses text={t("faces.bulk.losing")} button={t("common.closing.leave")} />
      )}
      {failure !== null && (
        <Alert color="wrong" role="alert" mx="md" mb="xs" p="xs" title={t("faces.bulk.failed")}>
          {errorText(failure)} {asOperationError(failure).help}
        </Alert>
      )}
      {work.isPending && (
        <Group justify="center" p="xl">
          <JobProgress job={job} label={t(work.variables.apply ? "faces.bulk.enrolling" : "faces.bulk.checking")} />
        </Group>
      )}
      {!work.isPending && report === undefined && (
        <Choose
          pending={give.isPending}
          onFile={(file) => give.mutate(file)}
          onFolder={(folder) => run({ folder }, false)}
        />
      )}
      {!work.isPending && report !== undefined && <Report report={report} />}
    </Screen>
  );
}

function Choose({
  pending,
  onFile,
  onFolder,
}: {
  pending: boolean;
  onFile: (file: File) => void;
  onFolder: (folder: string) => void;
}) {
  const { t } = useTranslation();
  const [folder, setFolder] = useState("");
  const browse = async () => {
    try {
      const chosen = await chooseFolder();
      if (chosen !== null) setFolder(chosen);
    } catch (reason) {
      refusal(reason);
    }
  };
  return (
    <Stack gap="md" p="md" maw={720} mx="auto" w="100%">
      <Dropzone
        multiple={false}
        loading={pending}
        onDrop={([file]) => {
          if (file !== undefined) onFile(file);
        }}
        accept={{ "application/zip": [".zip"] }}
        inputProps={{ "aria-label": t("faces.bulk.drop") }}
      >
        <Stack align="center" gap={4} py="xl">
          <IconFileZip size="2.5rem" stroke={1.25} aria-hidden />
          <Text fw={600}>{t("faces.bulk.drop")}</Text>
          <Text size="sm" c="dimmed" ta="center">
            {t("faces.bulk.dropHint")}
          </Text>
        </Stack>
      </Dropzone>
      <Text size="sm" c="dimmed" ta="center">
        {t("faces.bulk.or")}
      </Text>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onFolder(folder.trim());
        }}
      >
        <Group gap="xs" wrap="nowrap" align="flex-end">
          <TextInput
            flex={1}
            size="xs"
            dir="ltr"
            label={t("faces.bulk.folder")}
            value={folder}
            onChange={(event) => setFolder(event.currentTarget.value)}
            spellCheck={false}
            autoComplete="off"
          />
          <Button variant="default" h={30} onClick={() => void browse()}>
            {t("faces.bulk.browse")}
          </Button>
          <Button type="submit" variant="light" h={30} disabled={folder.trim() === ""}>
            {t("faces.bulk.check")}
          </Button>
        </Group>
      </form>
    </Stack>
  );
}

function Report({ report }: { report: BulkReport }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState<string | null>(null);
  const counts = new Map<string, number>();
  for (const { outcome } of report.students) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  const data = [...counts].map(([outcome, count]) => ({
    value: outcome,
    label: `${t(`faces.bulk.outcomes.${outcome as "ready"}`)} (${count})`,
  }));
  return (
    <>
      <div className={classes.about}>
        <Text size="sm" fw={600} role="status">
          {report.applied ? t("faces.bulk.done", { count: counts.get("enrolled") ?? 0 }) : t("faces.bulk.wouldBe")}
        </Text>
        {report.cancelled && (
          <Text size="sm" c="var(--attention-text)">
            {t("faces.bulk.cancelled")}
          </Text>
        )}
        {report.otherFiles > 0 && (
          <Text size="sm" c="dimmed">
            {t("faces.bulk.others", { count: report.otherFiles })}
          </Text>
        )}
      </div>
      <BulkTable
        students={report.students}
        shown={shown}
        filters={
          <Select
            size="xs"
            w={230}
            clearable
            aria-label={t("faces.bulk.outcome")}
            placeholder={t("faces.bulk.all")}
            clearButtonProps={{ "aria-label": t("faces.bulk.all") }}
            data={data}
            value={shown}
            onChange={setShown}
          />
        }
      />
    </>
  );
}
