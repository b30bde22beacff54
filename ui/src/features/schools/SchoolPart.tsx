// The school's own details, with the logo.
import { Button, FileButton, Group, Select, SimpleGrid, Text, Textarea, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { saveSchool, schoolDetails } from "../../bindings/operations";
import type { SchoolDetails } from "../../bindings/SchoolDetails";
import { refusal } from "../../components/change";
import { useDraft } from "../../components/draft";
import { FormSection } from "../../components/FormSection";
import { ErrorState, LoadingShape } from "../../components/states";
import { artifact, upload } from "../../files";
import { useTranslation } from "../../i18n";
import { useSession } from "../../session/session";
import { typed } from "../people/names";
import { NewSchool } from "./NewSchoolForm";
import classes from "./settings.module.css";

const keyOf = (school: string) => schoolDetails.query({ school }).queryKey;

export function SchoolPart({ school }: { school: string }) {
  const found = useQuery({ ...schoolDetails.query({ school }) });
  const [opened, setOpened] = useState(0);
  if (found.data === undefined)
    return found.error !== null ? (
      <ErrorState error={found.error} onRetry={() => void found.refetch()} />
    ) : (
      <LoadingShape rows={6} />
    );
  return (
    <Details
      key={opened}
      details={found.data}
      onReload={() => void found.refetch().then(() => setOpened(opened + 1))}
    />
  );
}

function Details({ details, onReload }: { details: SchoolDetails; onReload: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { may } = useSession();
  const initial = {
    version: details.version,
    name: details.name,
    identifier: details.identifier ?? "",
    address: details.address ?? "",
    phone: details.phone ?? "",
    email: details.email ?? "",
    timeZone: details.timeZone,
  };
  const draft = useDraft<typeof initial, SchoolDetails>({
    key: `school:${details.id}`,
    initial,
    follows: true,
    save: ({ version, name, identifier, address, phone, email, timeZone }) =>
      saveSchool({
        id: details.id,
        version,
        name,
        identifier: typed(identifier),
        address: typed(address),
        phone: typed(phone),
        email: typed(email),
        timeZone,
      }),
    onSaved: (saved) => {
      notifications.show({ color: "good", message: t("schools.saved") });
      client.setQueryData(keyOf(details.id), saved);
    },
  });
  const { form } = draft;
  const mayChange = may("schools.save_school");
  const saveLogo = async (change: { logo: string } | { removeLogo: true }, message: string) => {
    try {
      // Only the logo changes: what is typed in the form stays a draft.
      const { version, name, identifier, address, phone, email, timeZone, id } = details;
      client.setQueryData(
        keyOf(id),
        await saveSchool({ id, version, name, identifier, address, phone, email, timeZone, ...change }),
      );
      notifications.show({ color: "good", message });
    } catch (reason) {
      refusal(reason);
    }
  };
  const choose = async (file: File | null) => {
    if (file === null) return;
    try {
      await saveLogo({ logo: await upload(file) }, t("schools.school.logoSaved"));
    } catch (reason) {
      refusal(reason);
    }
  };
  return (
    <>
      <FormSection
        title={t("schools.school.title")}
        about={t("schools.school.text")}
        draft={draft}
        mayChange={mayChange}
        onReload={onReload}
      >
        <TextInput label={t("schools.school.name")} withAsterisk {...form.getInputProps("name")} />
        <SimpleGrid cols={2} spacing="sm">
          <TextInput
            label={t("schools.school.identifier")}
            title={t("schools.school.identifierHelp")}
            {...form.getInputProps("identifier")}
          />
          <TextInput label={t("schools.school.district")} value={details.districtName} readOnly variant="filled" />
          <TextInput label={t("schools.school.phone")} type="tel" dir="ltr" {...form.getInputProps("phone")} />
          <TextInput label={t("schools.school.email")} type="email" dir="ltr" {...form.getInputProps("email")} />
        </SimpleGrid>
        <Textarea
          label={t("schools.school.address")}
          autosize
          minRows={2}
          maxRows={5}
          {...form.getInputProps("address")}
        />
        <Select
          label={t("schools.school.timeZone")}
          description={t("schools.school.timeZoneHelp")}
          searchable
          limit={100}
          allowDeselect={false}
          data={[...new Set([details.timeZone, ...Intl.supportedValuesOf("timeZone"), "UTC"])]}
          {...form.getInputProps("timeZone")}
        />
        <div>
          <Text size="sm" fw={500} mb={4}>
            {t("schools.school.logo")}
          </Text>
          <Group>
            {details.logo === null ? (
              <Text size="sm" c="dimmed">
                {t("schools.school.noLogo")}
              </Text>
            ) : (
              <Logo id={details.logo} />
            )}
            {mayChange && (
              <>
                <FileButton
                  accept="image/png,image/jpeg,image/webp,image/gif"
                  onChange={(file) => void choose(file)}
                  inputProps={{ "aria-label": t("schools.school.chooseLogo") }}
                >
                  {(props) => (
                    <Button variant="default" {...props}>
                      {t("schools.school.chooseLogo")}
                    </Button>
                  )}
                </FileButton>
                {details.logo !== null && (
                  <Button
                    variant="subtle"
                    color="gray"
                    onClick={() => void saveLogo({ removeLogo: true }, t("schools.school.logoRemoved"))}
                  >
                    {t("schools.school.removeLogo")}
                  </Button>
                )}
              </>
            )}
          </Group>
          <Text size="xs" c="dimmed" mt={4}>
            {t("schools.school.logoHelp")}
          </Text>
        </div>
      </FormSection>
      {may("schools.create_school") && <NewSchool district={details.district} timeZone={details.timeZone} />}
    </>
  );
}

function Logo({ id }: { id: string }) {
  const { t } = useTranslation();
  const picture = useQuery({ queryKey: ["artifact", id], queryFn: () => artifact(id), staleTime: Infinity });
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (picture.data === undefined) return undefined;
    const url = URL.createObjectURL(new Blob([new Uint8Array(picture.data)], { type: "image/png" }));
    setAddress(url);
    return () => URL.revokeObjectURL(url);
  }, [picture.data]);
  return address === null ? null : <img className={classes.logo} src={address} alt={t("schools.school.logo")} />;
}
