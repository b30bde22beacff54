// Where a person is reached: the address and the further numbers, as part of a form and as facts of a page.
import { ActionIcon, Button, Group, Select, SimpleGrid, Stack, Text, Textarea, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { IconArrowUp, IconTrash } from "@tabler/icons-react";
import type { Contact } from "../../bindings/Contact";
import type { PostalAddress } from "../../bindings/PostalAddress";
import { t, useTranslation } from "../../i18n";
import { typed } from "./names";
import classes from "./people.module.css";

const parts = ["lines", "postcode", "town", "region", "country"] as const;
const kinds = ["phone", "email"] as const;
const labels = ["home", "work", "mobile", "emergency", "other"] as const;

interface Reached {
  address: PostalAddress | null;
  contacts: Contact[];
}

export function reachedFields(person: Reached | null) {
  const address = person?.address;
  return {
    address: {
      lines: address?.lines ?? "",
      postcode: address?.postcode ?? "",
      town: address?.town ?? "",
      region: address?.region ?? "",
      country: address?.country ?? "",
    },
    contacts: person?.contacts ?? [],
  };
}
export type ReachedFields = ReturnType<typeof reachedFields>;

/** An empty address takes the stored one away. */
export function reachedInput({ address, contacts }: ReachedFields) {
  const part = (name: (typeof parts)[number]) => typed(address[name]);
  return {
    address: {
      lines: part("lines"),
      postcode: part("postcode"),
      town: part("town"),
      region: part("region"),
      country: part("country"),
    },
    contacts,
  };
}

/** An address in one line. */
export const addressText = (address: PostalAddress | null): string | null => {
  if (address === null) return null;
  const place = [address.postcode, address.town].filter((part) => (part ?? "") !== "").join(" ");
  const shown = [address.lines?.replaceAll("\n", ", "), place, address.region, address.country];
  return shown.filter((part) => (part ?? "") !== "").join(", ");
};

/** Address and further contacts for a list of facts. */
export function reachedFacts({ address, contacts }: Reached): (readonly [string, React.ReactNode])[] {
  return [
    ...contacts.map(
      ({ kind, label, value }) =>
        [
          t("people.contact.labelled", {
            kind: t(`people.contact.kinds.${kind}`),
            label: t(`people.contact.labels.${label}`),
          }),
          <span key={value} dir="ltr">
            {value}
          </span>,
        ] as const,
    ),
    [t("people.contact.address"), addressText(address)] as const,
  ];
}

/** The fields of a form whose values hold `address` and `contacts`. */
export function ReachedForm<Values extends ReachedFields & Record<string, unknown>>({
  form: given,
}: {
  form: UseFormReturnType<Values>;
}) {
  const { t } = useTranslation();
  // Only these two of its values are known here.
  const form = given as unknown as UseFormReturnType<ReachedFields>;
  const { contacts } = form.values;
  return (
    <fieldset className={classes.guardian}>
      <legend>{t("people.contact.title")}</legend>
      <Stack gap="xs">
        <Textarea
          label={t("people.contact.lines")}
          autosize
          minRows={1}
          maxRows={5}
          dir="auto"
          {...form.getInputProps("address.lines")}
        />
        <SimpleGrid cols={4} spacing="sm" verticalSpacing="xs">
          {parts.slice(1).map((part) => (
            <TextInput key={part} label={t(`people.contact.${part}`)} {...form.getInputProps(`address.${part}`)} />
          ))}
        </SimpleGrid>
        {contacts.length > 0 && (
          <Text size="xs" c="dimmed">
            {t("people.contact.order")}
          </Text>
        )}
        {contacts.map(({ kind }, place) => {
          const number = place + 1;
          return (
            <Group key={place} gap="xs" wrap="nowrap" align="start">
              <Select
                w="8rem"
                aria-label={t("people.contact.kind", { number })}
                allowDeselect={false}
                data={kinds.map((value) => ({ value, label: t(`people.contact.kinds.${value}`) }))}
                {...form.getInputProps(`contacts.${place}.kind`)}
              />
              <Select
                w="8rem"
                aria-label={t("people.contact.label", { number })}
                allowDeselect={false}
                data={labels.map((value) => ({ value, label: t(`people.contact.labels.${value}`) }))}
                {...form.getInputProps(`contacts.${place}.label`)}
              />
              <TextInput
                flex={1}
                aria-label={t("people.contact.value", { number })}
                type={kind === "phone" ? "tel" : "email"}
                dir="ltr"
                {...form.getInputProps(`contacts.${place}.value`)}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                size="lg"
                disabled={place === 0}
                aria-label={t("people.contact.earlier", { number })}
                onClick={() => form.reorderListItem("contacts", { from: place, to: place - 1 })}
              >
                <IconArrowUp size="1rem" />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                color="gray"
                size="lg"
                aria-label={t("people.contact.remove", { number })}
                onClick={() => form.removeListItem("contacts", place)}
              >
                <IconTrash size="1rem" />
              </ActionIcon>
            </Group>
          );
        })}
        <Group>
          <Button
            variant="default"
            onClick={() =>
              form.insertListItem("contacts", { kind: "phone", label: labels[2], value: "" } satisfies Contact)
            }
          >
            {t("people.contact.add")}
          </Button>
        </Group>
      </Stack>
    </fieldset>
  );
}
