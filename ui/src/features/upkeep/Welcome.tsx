// A school without students: the ways to begin.
import { Stack, Text, Title, UnstyledButton } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconFlask, IconUpload, IconUserPlus } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState, type ReactNode } from "react";
import { fillDemoSchool } from "../../bindings/operations";
import { refusal } from "../../components/change";
import { JobProgress } from "../../components/JobProgress";
import { useTranslation } from "../../i18n";
import { useSession } from "../../session/session";
import classes from "./today.module.css";

/** Everybody's demo school is the same, so that what one sees can be talked about. */
const seed = 1;

export function Welcome({ school, name }: { school: string; name: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { may } = useSession();
  const [job, setJob] = useState("");
  const fill = useMutation({
    mutationFn: (id: string) => fillDemoSchool({ school, seed }, id),
    onSuccess: ({ students, classes: count }) => {
      notifications.show({
        color: "good",
        message: t("today.empty.filled", {
          students: t("today.empty.students", { count: students }),
          classes: t("today.empty.classes", { count }),
        }),
      });
      void client.invalidateQueries();
    },
    onError: refusal,
  });
  const begin = () => {
    const id = crypto.randomUUID();
    setJob(id);
    fill.mutate(id);
  };
  return (
    <div className={classes.welcome}>
      <Stack gap="xs" align="center">
        <Title order={1} ta="center">
          <bdi>{t("today.empty.title", { school: name })}</bdi>
        </Title>
        <Text size="sm" c="dimmed" ta="center" maw={520}>
          {t(may("people.save_student") ? "today.empty.text" : "today.empty.teacherText")}
        </Text>
      </Stack>
      {fill.isPending ? (
        <JobProgress job={job} label={t("today.empty.filling")} />
      ) : (
        <div className={classes.ways}>
          {may("exchange.import_apply") && (
            <Way
              first
              icon={<IconUpload size="1.5rem" stroke={1.5} />}
              title={t("today.empty.import")}
              text={t("today.empty.importText")}
              onClick={() => void navigate({ to: "/import" })}
            />
          )}
          {may("people.save_student") && (
            <Way
              icon={<IconUserPlus size="1.5rem" stroke={1.5} />}
              title={t("today.empty.add")}
              text={t("today.empty.addText")}
              onClick={() => void navigate({ to: "/students/new" })}
            />
          )}
          {may("demo.fill_demo_school") && (
            <Way
              icon={<IconFlask size="1.5rem" stroke={1.5} />}
              title={t("today.empty.demo")}
              text={t("today.empty.demoText")}
              onClick={begin}
            />
          )}
        </div>
      )}
    </div>
  );
}

function Way({
  icon,
  title,
  text,
  first = false,
  onClick,
}: {
  icon: ReactNode;
  title: string;
  text: string;
  first?: boolean;
  onClick: () => void;
}) {
  return (
    <UnstyledButton className={classes.way} data-first={first || undefined} onClick={onClick}>
      {icon}
      <Text fw={600} size="md">
        {title}
      </Text>
      <Text size="sm" c="dimmed">
        {text}
      </Text>
    </UnstyledButton>
  );
}
