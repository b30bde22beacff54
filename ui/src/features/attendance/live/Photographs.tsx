// Photographs of the class as files: they do the same as a camera.
import { Alert, Button, FileButton, Text } from "@mantine/core";
import { IconPhoto } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import type { LiveState } from "../../../bindings/LiveState";
import { asOperationError } from "../../../bridge";
import { upload } from "../../../files";
import { errorText, useTranslation } from "../../../i18n";
import classes from "../attendance.module.css";

export function Photographs({ onFiles }: { onFiles: (uploads: string[]) => Promise<LiveState> }) {
  const { t } = useTranslation();
  const look = useMutation({ mutationFn: async (files: File[]) => onFiles(await Promise.all(files.map(upload))) });
  const { error } = look;
  return (
    <div className={classes.sides}>
      <Text size="sm" c="dimmed">
        {t("attendance.live.photographText")}
      </Text>
      <FileButton
        multiple
        accept="image/*"
        onChange={(files) => {
          if (files.length > 0) look.mutate(files);
        }}
        inputProps={{ "aria-label": t("attendance.live.choosePhotographs") }}
      >
        {(props) => (
          <Button {...props} variant="light" leftSection={<IconPhoto size="1rem" />} loading={look.isPending}>
            {t("attendance.live.choosePhotographs")}
          </Button>
        )}
      </FileButton>
      {look.isPending && (
        <Text size="sm" role="status">
          {t("attendance.live.checking")}
        </Text>
      )}
      {error !== null && (
        <Alert color="wrong" role="alert" p="xs">
          {[errorText(error), ...Object.values(asOperationError(error).fields), asOperationError(error).help]
            .filter(Boolean)
            .join(" ")}
        </Alert>
      )}
    </div>
  );
}
