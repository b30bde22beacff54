// Where the picture comes from: a webcam, a camera of the network, or a folder of pictures.
import {
  ActionIcon,
  Alert,
  Button,
  Checkbox,
  Group,
  Select,
  SegmentedControl,
  Stack,
  Text,
  TextInput,
  Tooltip,
} from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent, type ReactNode } from "react";
import type { CameraSource } from "../../bindings/CameraSource";
import { listCameras } from "../../bindings/operations";
import { asOperationError } from "../../bridge";
import { chooseFolder } from "../../files";
import { errorText, useTranslation } from "../../i18n";
import { refusal } from "../change";

type Kind = "webcam" | "network" | "folder" | "file";

/** Sizes of the picture that can be asked for; the camera gives the nearest that it has. */
const sizes = ["640x480", "1280x720", "1920x1080"] as const;
type Size = (typeof sizes)[number];

function pixels(size: Size): { width: number; height: number } {
  const [width = 640, height = 480] = size.split("x").map(Number);
  return { width, height };
}

interface SourceFormProps {
  onStart: (source: CameraSource) => void;
  pending: boolean;
  /** Why the last start was refused. */
  failure: unknown;
  /** What is shown for "Photograph"; no such choice where it is left out. */
  file?: ReactNode;
  /** On the button that starts, where this is what the screen is for. */
  submit?: string;
}

/** What was chosen last, as long as the window is open: a teacher starts the same camera every lesson. */
const last: { kind: Kind; device: string | null; size: Size; url: string; path: string; repeat: boolean } = {
  kind: "webcam",
  device: null,
  size: "640x480",
  url: "",
  path: "",
  repeat: false,
};

export function SourceForm({ onStart, pending, failure, file, submit: label }: SourceFormProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState({
    ...last,
    kind: last.kind === "file" && file === undefined ? ("webcam" as const) : last.kind,
  });
  const { kind } = chosen;
  const choose = (next: Partial<typeof chosen>) => {
    Object.assign(last, next);
    setChosen((now) => ({ ...now, ...next }));
  };
  const cameras = useQuery({
    ...listCameras.query({}),
    enabled: kind === "webcam",
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  const devices = cameras.data ?? [];
  const device = devices.find((one) => String(one.device) === chosen.device) ?? devices[0];
  const fields = failure === null || failure === undefined ? {} : asOperationError(failure).fields;
  const placed = fields["source.url"] !== undefined || fields["source.path"] !== undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (kind === "webcam" && device !== undefined) onStart({ kind, device: device.device, ...pixels(chosen.size) });
    if (kind === "network") onStart({ kind, url: chosen.url.trim() });
    if (kind === "folder") onStart({ kind, path: chosen.path.trim(), repeat: chosen.repeat });
  };
  const browse = async () => {
    try {
      const path = await chooseFolder();
      if (path !== null) choose({ path });
    } catch (reason) {
      refusal(reason);
    }
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <SegmentedControl
          fullWidth
          size="xs"
          aria-label={t("camera.source.label")}
          value={kind}
          onChange={(next) => choose({ kind: next as Kind })}
          data={(["webcam", "network", "folder", ...(file === undefined ? [] : ["file" as const])] as const).map(
            (value) => ({ value, label: t(`camera.source.${value}`) }),
          )}
        />
        {failure !== null && failure !== undefined && !placed && (
          <Alert color="wrong" role="alert" p="xs">
            {errorText(failure)} {asOperationError(failure).help}
          </Alert>
        )}
        {kind === "webcam" && (
          <>
            <Group gap="xs" wrap="nowrap" align="flex-end">
              <Select
                flex={1}
                size="xs"
                label={t("camera.source.device")}
                allowDeselect={false}
                disabled={devices.length === 0}
                placeholder={cameras.isFetching ? t("camera.source.looking") : undefined}
                data={devices.map((one) => ({ value: String(one.device), label: one.name }))}
                value={device === undefined ? null : String(device.device)}
                onChange={(value) => choose({ device: value })}
              />
              <Select
                w={118}
                size="xs"
                label={t("camera.source.size")}
                allowDeselect={false}
                value={chosen.size}
                onChange={(value) => choose({ size: sizes.find((size) => size === value) ?? "640x480" })}
                data={sizes.map((value) => ({ value, label: value.replace("x", " × ") }))}
              />
              <Tooltip label={t("camera.source.again")}>
                <ActionIcon
                  variant="default"
                  size={30}
                  loading={cameras.isFetching}
                  aria-label={t("camera.source.again")}
                  onClick={() => void cameras.refetch()}
                >
                  <IconRefresh size="1rem" />
                </ActionIcon>
              </Tooltip>
            </Group>
            {cameras.error !== null && (
              <Alert color="wrong" role="alert" p="xs">
                {errorText(cameras.error)} {asOperationError(cameras.error).help}
              </Alert>
            )}
            {cameras.data?.length === 0 && (
              <Text size="sm" c="dimmed">
                {t("camera.source.noDevices")}
              </Text>
            )}
          </>
        )}
        {kind === "network" && (
          <TextInput
            size="xs"
            dir="ltr"
            label={t("camera.source.url")}
            description={t("camera.source.urlHint")}
            value={chosen.url}
            error={fields["source.url"]}
            onChange={(event) => choose({ url: event.currentTarget.value })}
            spellCheck={false}
            autoComplete="off"
          />
        )}
        {kind === "folder" && (
          <>
            <Group gap="xs" wrap="nowrap" align="flex-end">
              <TextInput
                flex={1}
                size="xs"
                dir="ltr"
                label={t("camera.source.path")}
                description={t("camera.source.pathHint")}
                value={chosen.path}
                error={fields["source.path"]}
                onChange={(event) => choose({ path: event.currentTarget.value })}
                spellCheck={false}
                autoComplete="off"
              />
              <Button variant="default" h={30} onClick={() => void browse()}>
                {t("camera.source.browse")}
              </Button>
            </Group>
            <Checkbox
              size="xs"
              label={t("camera.source.repeat")}
              checked={chosen.repeat}
              onChange={(event) => choose({ repeat: event.currentTarget.checked })}
            />
          </>
        )}
        {kind === "file" ? (
          file
        ) : (
          <Button
            type="submit"
            variant={label === undefined ? "light" : "filled"}
            loading={pending}
            disabled={
              (kind === "webcam" && device === undefined) ||
              (kind === "network" && chosen.url.trim() === "") ||
              (kind === "folder" && chosen.path.trim() === "")
            }
          >
            {label ?? t(kind === "folder" ? "camera.source.startFolder" : "camera.source.start")}
          </Button>
        )}
      </Stack>
    </form>
  );
}
