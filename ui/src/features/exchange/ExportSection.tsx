// A school out as a OneRoster set, for the programs of others.
import { Button, CloseButton, FileButton, Group, List, SegmentedControl, Text, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useId, useState } from "react";
import type { OneRosterVersion } from "../../bindings/OneRosterVersion";
import { exportOneroster } from "../../bindings/operations";
import { failed, saveDocument } from "../../components/documents";
import { JobProgress } from "../../components/JobProgress";
import { upload } from "../../files";
import { useTranslation } from "../../i18n";
import { say } from "../../words";
import classes from "./exchange.module.css";

const versions: OneRosterVersion[] = ["1.1", "1.2"];

export function ExportSection({ school, name }: { school: string; name: string }) {
  const { t } = useTranslation();
  const label = useId();
  const [version, setVersion] = useState<OneRosterVersion>("1.2");
  // A set that went out earlier: only what changed since goes out.
  const [former, setFormer] = useState<File | null>(null);
  const [job, setJob] = useState("");
  const make = useMutation({
    mutationFn: async (id: string) => {
      const since = former === null ? null : await upload(former);
      const made = await exportOneroster({ school, version, since }, id);
      await saveDocument(made, true);
      return made;
    },
    onError: failed,
  });
  const start = () => {
    const id = crypto.randomUUID();
    setJob(id);
    make.mutate(id);
  };
  const leftOut = make.data?.leftOut ?? [];
  return (
    <section className={classes.section} aria-labelledby={label}>
      <Title order={2} mb="xs" id={label}>
        {t("exchange.out.title")}
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {t("exchange.out.text", { school: name })}
      </Text>
      <Group gap="xs">
        <SegmentedControl
          aria-label={t("exchange.out.version")}
          data={versions}
          value={version}
          onChange={(value) => setVersion(value === "1.1" ? "1.1" : "1.2")}
        />
        <Button variant="default" loading={make.isPending} onClick={start}>
          {t(former === null ? "exchange.out.make" : "exchange.out.makeChanges")}
        </Button>
        {former === null && (
          <FileButton accept=".zip,application/zip" onChange={setFormer}>
            {(props) => (
              <Button variant="subtle" {...props}>
                {t("exchange.out.since")}
              </Button>
            )}
          </FileButton>
        )}
      </Group>
      {former !== null && (
        <Group gap={4} mt={4}>
          <Text size="sm">
            <bdi>{t("exchange.out.sinceFile", { file: former.name })}</bdi>
          </Text>
          <CloseButton size="sm" aria-label={t("exchange.out.whole")} onClick={() => setFormer(null)} />
        </Group>
      )}
      {make.data?.files.length === 1 && (
        <Text size="sm" mt="xs" role="status">
          {t("exchange.out.unchanged")}
        </Text>
      )}
      {make.isPending && <JobProgress job={job} label={t("exchange.out.making")} />}
      {leftOut.length > 0 && (
        <Text size="sm" mt="xs" component="div" role="status">
          {t("exchange.out.leftOut")}
          <List size="sm">
            {leftOut.map((message) => (
              <List.Item key={message.key}>{say(message)}</List.Item>
            ))}
          </List>
        </Text>
      )}
    </section>
  );
}
