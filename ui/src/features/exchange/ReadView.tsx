// How the files were read: encoding, sheet, header, dates and names; what was found out wrongly is said here.
import { Alert, NumberInput, Select, SimpleGrid, Table, Text, Title } from "@mantine/core";
import type { DateColumn } from "../../bindings/DateColumn";
import type { DateOrder } from "../../bindings/DateOrder";
import type { FullNameOrder } from "../../bindings/FullNameOrder";
import type { ReadAs } from "../../bindings/ReadAs";
import type { TableReading } from "../../bindings/TableReading";
import { useTranslation } from "../../i18n";
import { formatDay } from "../../numbers";
import classes from "./exchange.module.css";

/** What a person says of the files where they leave it open; what has no way to be said is only shown. */
interface Said {
  files?: { readAs: ReadAs; onChange: (readAs: ReadAs) => void };
  names?: { order: FullNameOrder | null; onChange: (order: FullNameOrder) => void };
  dates?: { order: DateOrder | null; onChange: (order: DateOrder | null) => void };
}

const orders = [
  "given_first",
  "family_first",
  "given_first_two_family_names",
  "family_first_two_family_names",
] as const satisfies readonly FullNameOrder[];

export function ReadView({ readings, said }: { readings: readonly TableReading[]; said: Said }) {
  const { t } = useTranslation();
  const shown = readings.filter((reading) => said.files !== undefined || isWorthSaying(reading));
  if (shown.length === 0) return null;
  return (
    <section className={classes.section} aria-label={t("exchange.read.title")}>
      <Title order={2} mb="xs">
        {t("exchange.read.title")}
      </Title>
      {shown.map((reading) => (
        <Reading key={reading.file} reading={reading} several={shown.length > 1} said={said} />
      ))}
      {said.dates !== undefined && shown.some(({ dates }) => dates.length > 0) && (
        <Select
          mt="xs"
          maw={320}
          size="xs"
          label={t("exchange.match.dates")}
          allowDeselect={false}
          value={said.dates.order ?? ""}
          data={[
            { value: "", label: t("exchange.match.auto") },
            { value: "day_first", label: t("exchange.match.day_first") },
            { value: "month_first", label: t("exchange.match.month_first") },
          ]}
          onChange={(order) => said.dates?.onChange(order === "day_first" || order === "month_first" ? order : null)}
        />
      )}
    </section>
  );
}

/** Whether it was read otherwise than a file of its kind is written: only that is worth a line of a whole set. */
function isWorthSaying({ sheet, encoding, headerLine, dates, names }: TableReading): boolean {
  return (
    sheet !== null ||
    (encoding !== null && encoding.name !== "UTF-8") ||
    headerLine > 1 ||
    dates.length > 0 ||
    names !== null
  );
}

function Reading({ reading, several, said }: { reading: TableReading; several: boolean; said: Said }) {
  const { t } = useTranslation();
  const { sheet, encoding } = reading;
  const { files, names } = said;
  return (
    <>
      {several && (
        <Text fw={600} size="sm">
          <bdi>{reading.file}</bdi>
        </Text>
      )}
      {sheet?.undecided === true && (
        <Alert color="attention" p="xs" mb="xs" role="alert">
          {t("exchange.read.whichSheet")}
        </Alert>
      )}
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 4 }} spacing="sm" mb="xs">
        {sheet !== null && (
          <Choice
            label={t(reading.source === "page" ? "exchange.read.table" : "exchange.read.sheet")}
            value={sheet.name}
            others={sheet.others}
            onChange={files && ((name) => files.onChange({ ...files.readAs, sheet: name }))}
          />
        )}
        {encoding !== null && (
          <Choice
            label={t("exchange.read.encoding")}
            value={encoding.name}
            others={encoding.others}
            onChange={files && ((name) => files.onChange({ ...files.readAs, encoding: name }))}
            hint={
              encoding.samples.length > 0 ? (
                <bdi>
                  {t(encoding.guessed ? "exchange.read.guessed" : "exchange.read.samples", {
                    words: encoding.samples.join(", "),
                  })}
                </bdi>
              ) : undefined
            }
          />
        )}
        {reading.separator !== null && (
          <Fact label={t("exchange.read.separator")}>{t(`exchange.read.separators.${reading.separator}`)}</Fact>
        )}
        {files === undefined ? (
          <Fact label={t("exchange.read.headerLine")}>{reading.headerLine}</Fact>
        ) : (
          <NumberInput
            size="xs"
            label={t("exchange.read.headerLine")}
            min={1}
            max={100}
            clampBehavior="strict"
            allowDecimal={false}
            key={reading.headerLine}
            defaultValue={reading.headerLine}
            onBlur={(event) => {
              const line = Number(event.currentTarget.value);
              if (line >= 1 && line !== reading.headerLine) files.onChange({ ...files.readAs, headerLine: line });
            }}
          />
        )}
        {reading.names !== null && names !== undefined && (
          <Select
            size="xs"
            label={t("exchange.read.names")}
            allowDeselect={false}
            data={orders.map((order) => ({ value: order, label: t(`exchange.read.orders.${order}`) }))}
            value={names.order ?? reading.names.order}
            onChange={(order) => {
              const next = orders.find((one) => one === order);
              if (next !== undefined) names.onChange(next);
            }}
          />
        )}
      </SimpleGrid>
      {(reading.dates.length > 0 || (reading.names?.examples.length ?? 0) > 0) && (
        <Table mb="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("exchange.report.column")}</Table.Th>
              <Table.Th>{t("exchange.read.written")}</Table.Th>
              <Table.Th>{t("exchange.read.readAs")}</Table.Th>
              <Table.Th>{t("exchange.read.why")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {reading.dates.map((date) => (
              <DateRow key={date.column} date={date} />
            ))}
            {reading.names?.examples.map(({ written, given, family }, place) => (
              <Table.Tr key={`${written}-${place}`}>
                <Table.Td>{place === 0 && t("exchange.read.names")}</Table.Td>
                <Table.Td>
                  <bdi>{written}</bdi>
                </Table.Td>
                <Table.Td>
                  <bdi>
                    {t("exchange.read.divided", {
                      given: given === "" ? "–" : given,
                      family: family === "" ? "–" : family,
                    })}
                  </bdi>
                </Table.Td>
                <Table.Td />
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {reading.unread.length > 0 && (
        <Text size="sm" c="dimmed">
          {t("exchange.read.unread")} <bdi>{reading.unread.join(", ")}</bdi>
        </Text>
      )}
    </>
  );
}

function DateRow({ date }: { date: DateColumn }) {
  const { t } = useTranslation();
  return (
    <Table.Tr>
      <Table.Td>
        <bdi>{date.column}</bdi>
      </Table.Td>
      <Table.Td>
        <bdi>{date.written}</bdi>
      </Table.Td>
      <Table.Td className={date.read === "" ? classes.found : undefined}>
        {date.read === "" ? t("exchange.read.refused") : formatDay(date.read)}
      </Table.Td>
      <Table.Td>
        {date.order !== null && t(`exchange.match.${date.order}`)} {t(`exchange.read.decided.${date.decidedBy}`)}
      </Table.Td>
    </Table.Tr>
  );
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text size="sm">
        <bdi>{children}</bdi>
      </Text>
    </div>
  );
}

function Choice({
  label,
  value,
  others,
  hint,
  onChange,
}: {
  label: string;
  value: string;
  others: readonly string[];
  hint?: React.ReactNode;
  onChange: ((value: string) => void) | undefined;
}) {
  return (
    <div>
      {onChange === undefined || others.length === 0 ? (
        <Fact label={label}>{value}</Fact>
      ) : (
        <Select
          size="xs"
          label={label}
          allowDeselect={false}
          data={[value, ...others]}
          value={value}
          onChange={(next) => {
            if (next !== null) onChange(next);
          }}
        />
      )}
      {hint !== undefined && (
        <Text size="xs" c="dimmed">
          {hint}
        </Text>
      )}
    </div>
  );
}
