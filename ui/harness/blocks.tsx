// The building blocks on invented data: `?show=sheet|list|pdf&file=…|svg|empty|error|loading`, `&dir=rtl`, `&colours=dark`.
import "@fontsource-variable/inter";
import "../src/fonts.css";
import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "../src/base.css";
import "../src/i18n";
import { Button, DirectionProvider, MantineProvider, Stack } from "@mantine/core";
import { mockIPC, mockWindows } from "@tauri-apps/api/mocks";
import { QueryClientProvider } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { createRoot } from "react-dom/client";
import { OperationError } from "../src/bridge";
import { Figure } from "../src/components/Figure";
import { PagedTable, type ListColumn } from "../src/components/PagedTable";
import { Beside, Pane } from "../src/components/Pane";
import { PdfPreview } from "../src/components/PdfPreview";
import { PersonName } from "../src/components/PersonName";
import { Screen, ScreenHead } from "../src/components/ScreenHead";
import { Sheet } from "../src/components/sheet/Sheet";
import type { SaveEdits } from "../src/components/sheet/keptEdits";
import { useKeptCells } from "../src/components/sheet/useKeptCells";
import { Signal } from "../src/components/Signal";
import { SvgChart } from "../src/components/SvgChart";
import { EmptyState, ErrorState, LoadingShape, SavedState } from "../src/components/states";
import { queries } from "../src/session/queries";
import { cssVariables, themeNow } from "../src/theme";

mockWindows("main");
mockIPC(() => 0);
const search = new URLSearchParams(location.search);
const names = [
  "Ada Lovelace",
  "ليلى بنت حسن آل سعود",
  "अनन्या शर्मा",
  "Wolfgang Amadeus Theophilus Johannes Chrysostomus von Hohenlohe-Schillingsfürst",
  "Ngũgĩ wa Thiong'o",
  "José Núñez",
  "李小龍",
];
const pupils = Array.from({ length: 240 }, (_, place) => ({
  id: `p${place}`,
  name: names[place % names.length] ?? "",
  number: 10_240 + place,
  class: `${7 + (place % 3)}B`,
  state: (["good", "attention", "wrong"] as const)[place % 3] ?? "good",
}));
type Pupil = (typeof pupils)[number];
const columns: ListColumn<Pupil>[] = [
  {
    id: "name",
    header: () => "Name",
    cell: (row) => <PersonName name={row.name} />,
    sortable: true,
    width: "minmax(14rem, 3fr)",
  },
  { id: "number", header: () => "Number", cell: (row) => row.number, numeric: true, sortable: true, width: "6rem" },
  { id: "class", header: () => "Class", cell: (row) => row.class, width: "6rem" },
  {
    id: "state",
    header: () => "Today",
    cell: (row) => (
      <Signal tone={row.state} sign={{ good: "P", attention: "L", wrong: "A" }[row.state]}>
        {{ good: "Present", attention: "Late", wrong: "Absent" }[row.state]}
      </Signal>
    ),
    width: "minmax(8rem, 1fr)",
  },
];

function List() {
  const [open, setOpen] = useState<Pupil | null>(pupils[2] ?? null);
  return (
    <Screen
      padded={false}
      head={
        <ScreenHead title="Students" about="Riverside School, Autumn 2026">
          <Button>New student</Button>
        </ScreenHead>
      }
    >
      <Beside
        pane={
          open && (
            <Pane title={open.name} label={open.name} onClose={() => setOpen(null)}>
              <Stack>
                <Figure value="94.2 %" label="Attendance" note="12 lessons missed" />
                <Figure value="15.3" label="Mean of the term" onOpen={() => undefined} />
              </Stack>
            </Pane>
          )
        }
      >
        <PagedTable
          label="Students"
          queryKey={["students"]}
          columns={columns}
          rowId={(row) => row.id}
          initialSort={{ column: "name", order: "ascending" }}
          open={open?.id ?? null}
          onOpen={setOpen}
          load={async ({ offset, limit, filter }) => {
            const found = pupils.filter(({ name }) => name.includes(filter));
            return { rows: found.slice(offset, offset + limit), total: found.length };
          }}
          empty={<EmptyState title="No students yet" />}
        />
      </Beside>
    </Screen>
  );
}

const sheetRows = pupils.slice(0, 40).map(({ id, name, number }) => ({ id, name, note: String(number) }));
const sheetColumns = Array.from({ length: 24 }, (_, place) => ({
  id: `c${place}`,
  title: `${place % 2 ? "Homework" : "Test"} ${place + 1}`,
  about: "of 20",
  width: 84,
}));
const totals = [
  {
    id: "total",
    title: "Total %",
    render: (row: string) => ((Number(row.slice(1)) * 37) % 100).toFixed(1),
    foot: (footer: string) => (footer === "mean" ? "61.4" : "12.2"),
  },
  { id: "grade", title: "Grade", width: 64, render: () => "B" },
];
const footers = [
  { id: "mean", title: "Mean", render: () => "13.4" },
  { id: "sd", title: "Standard deviation", render: () => "3.2" },
];
const save: SaveEdits = async (edits) => {
  if (edits.some(({ text }) => text === "19")) throw new OperationError("database_unreachable", "Away.");
  if (edits.some(({ text }) => text === "18")) return new Promise(() => undefined);
  return edits.filter(({ text }) => text === "99").map(({ row, column }) => ({ row, column, reason: "At most 20." }));
};

function Marks() {
  const stored = useMemo(
    () => (row: string, column: string) => ({
      text:
        (Number(row.slice(1)) + Number(column.slice(1))) % 5 === 0
          ? ""
          : String((Number(row.slice(1)) * 7 + Number(column.slice(1)) * 3) % 21),
      ...(column === "c3" ? { locked: "The report cards of this term are published." } : {}),
      ...(row === pupils[2]?.id && column < "c3" ? { idle: "Does not count." } : {}),
    }),
    [],
  );
  const cells = useKeptCells("harness", save, stored);
  return (
    <Screen
      padded={false}
      head={
        <ScreenHead title="Mathematics, 7B" about="Autumn 2026">
          <SavedState state={cells.state} />
          <Button>New assessment</Button>
        </ScreenHead>
      }
    >
      <Sheet
        label="Marks of 7B in mathematics"
        nameTitle="Student"
        rows={sheetRows}
        columns={sheetColumns}
        totals={totals}
        footers={footers}
        getCell={cells.getCell}
        onCommit={cells.onCommit}
      />
    </Screen>
  );
}

function Document() {
  const [bytes, setBytes] = useState<Uint8Array | null>(null);
  useEffect(() => {
    void fetch(search.get("file") ?? "").then(async (answer) => setBytes(new Uint8Array(await answer.arrayBuffer())));
  }, []);
  return bytes === null ? <LoadingShape /> : <PdfPreview bytes={bytes} label="Report cards" />;
}

const drawing =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 120"><script>alert(1)</script><rect x="20" y="30" width="60" height="80" fill="#1f5fbf"/><rect x="100" y="60" width="60" height="50" fill="#1f5fbf"/><text x="20" y="20" font-size="12">Marks of 7B</text></svg>';

const shown: Record<string, () => React.ReactNode> = {
  list: () => <List />,
  sheet: () => <Marks />,
  pdf: () => <Document />,
  svg: () => <SvgChart svg={drawing} description="Two bars" />,
  empty: () => (
    <EmptyState title="No students yet" action={<Button>Import a list</Button>}>
      Students come from a file of your old system, or are added one by one.
    </EmptyState>
  ),
  error: () => (
    <ErrorState
      error={new OperationError("database", "x", {}, "Free some space on the disk.")}
      onRetry={() => undefined}
    />
  ),
  loading: () => <LoadingShape />,
};

document.documentElement.dir = search.get("dir") === "rtl" ? "rtl" : "ltr";
const host = document.getElementById("root");
if (host !== null) {
  createRoot(host).render(
    <DirectionProvider>
      <MantineProvider
        theme={themeNow()}
        cssVariablesResolver={cssVariables}
        forceColorScheme={search.get("colours") === "dark" ? "dark" : "light"}
      >
        <QueryClientProvider client={queries}>{shown[search.get("show") ?? "list"]?.()}</QueryClientProvider>
      </MantineProvider>
    </DirectionProvider>,
  );
}
