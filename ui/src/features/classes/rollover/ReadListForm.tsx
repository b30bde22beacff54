// A list with student numbers and next year's classes, taken as decisions about these students.
import { Alert, Button, FileButton, Group, Stack, Text } from "@mantine/core";
import { IconFileImport } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { rolloverFromFile } from "../../../bindings/operations";
import type { RolloverFromFile } from "../../../bindings/RolloverFromFile";
import { asOperationError } from "../../../bridge";
import { said } from "../../../components/change";
import { Dialog } from "../../../components/Dialog";
import { upload } from "../../../files";
import { useTranslation } from "../../../i18n";
import { Failure } from "../../exchange/Failure";
import classes from "./rollover.module.css";

interface ReadListFormProps {
  school: string;
  /** The year that begins. */
  to: { id: string; title: string };
  onClose: () => void;
}

export function ReadListForm({ school, to, onClose }: ReadListFormProps) {
  const { t } = useTranslation();
  const read = useMutation({
    mutationFn: async (file: File) => rolloverFromFile({ school, to: to.id, uploads: [await upload(file)] }),
    onSuccess: ({ decided, undo }) => {
      if (decided > 0) said(t("classes.rollover.file.decided", { count: decided }), undo);
    },
  });
  return (
    <Dialog plain title={t("classes.rollover.file.title", { year: to.title })} onClose={onClose}>
      <Stack gap="sm">
        <Text size="sm">{t("classes.rollover.file.what")}</Text>
        {read.error !== null && <Failure error={asOperationError(read.error)} />}
        {read.data !== undefined && <Result told={read.data} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("common.close")}
          </Button>
          <FileButton
            accept=".csv,.tsv,.tab,.txt,.xlsx,.xlsm,.xlsb,.xls,.ods"
            onChange={(file) => {
              if (file !== null) read.mutate(file);
            }}
            inputProps={{ "aria-label": t("classes.rollover.file.choose") }}
          >
            {(props) => (
              <Button
                {...props}
                data-autofocus
                variant={read.data === undefined ? "filled" : "default"}
                leftSection={<IconFileImport size="1rem" />}
                loading={read.isPending}
              >
                {t("classes.rollover.file.choose")}
              </Button>
            )}
          </FileButton>
        </Group>
      </Stack>
    </Dialog>
  );
}

function Result({ told: { decided, unknown } }: { told: RolloverFromFile }) {
  const { t } = useTranslation();
  return (
    <>
      <Alert color={decided > 0 ? "good" : "attention"} p="xs" role="status">
        {t("classes.rollover.file.decided", { count: decided })} {t("classes.rollover.file.look")}
      </Alert>
      {unknown.length > 0 && (
        <Alert color="attention" p="xs" title={t("classes.rollover.file.unknown")}>
          <bdi className={classes.numbers} style={{ display: "block" }}>
            {unknown.join(", ")}
          </bdi>
        </Alert>
      )}
    </>
  );
}
