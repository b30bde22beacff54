import { cleanup, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, expect, it, vi } from "vitest";
import type { ImportReport } from "../../bindings/ImportReport";
import type { Message } from "../../bindings/Message";
import type { Refusal } from "../../bindings/Refusal";
import type { TableFormat } from "../../bindings/TableFormat";
import { objections, show } from "../../test/render";
import type { Mends } from "./mends";
import { RefusedSection } from "./RefusedSection";

afterEach(cleanup);

/** Without its English text: what is shown is the catalogue's. */
const message = (key: string, values: Message["values"] = {}): Message => ({ key, values, text: "" });
const refusal = (line: number, column: string, found: string, said: Message | null, expected: Message): Refusal => ({
  file: "list.csv",
  line,
  column,
  found,
  said,
  expected,
  kind: "fault",
});
const report = {
  refused: [
    refusal(2, "DOB", "30/02/2014", null, message("faults.exchange.value.date")),
    refusal(2, "Sex", "q", null, message("faults.exchange.value.either", { first: "female", second: "male" })),
    refusal(
      5,
      "",
      "",
      message("faults.exchange.found.fields", { count: 3 }),
      message("faults.exchange.expected.fields", { count: 4 }),
    ),
  ],
  refusedRows: [
    {
      file: "list.csv",
      headers: ["No", "Name", "DOB", "Sex"],
      rows: [
        { file: "list.csv", line: 2, cells: ["1", "Ann Lee", "30/02/2014", "q"] },
        { file: "list.csv", line: 5, cells: ["4", "Dee", "", ""] },
      ],
    },
  ],
} as unknown as ImportReport;

function Screen({ onCheck, onSave }: { onCheck: (mends: Mends) => void; onSave: (format: TableFormat) => void }) {
  const [mends, setMends] = useState<Mends>({});
  return (
    <RefusedSection
      report={report}
      mends={mends}
      typed={Object.keys(mends).length > 0}
      busy={false}
      saving={false}
      onMends={setMends}
      onCheck={() => onCheck(mends)}
      onSave={onSave}
    />
  );
}

it("lets a refused cell be typed right there and checked again by Enter", async () => {
  const onCheck = vi.fn<(mends: Mends) => void>();
  const { container } = show(<Screen onCheck={onCheck} onSave={vi.fn()} />);
  const user = userEvent.setup();
  expect(screen.getByRole("button", { name: "Check again" }).hasAttribute("disabled")).toBe(true);
  const cell = screen.getByRole("textbox", { name: "DOB on line 2" });
  await user.clear(cell);
  await user.type(cell, "28/02/2014{Enter}");
  expect(Object.values(onCheck.mock.lastCall?.[0] ?? {})).toEqual([
    { file: "list.csv", line: 2, cells: ["1", "Ann Lee", "28/02/2014", "q"] },
  ]);
  expect(await objections(container)).toEqual([]);
});

it("opens all cells of a row that is refused as a whole, and saves the rows", async () => {
  const onSave = vi.fn();
  show(<Screen onCheck={vi.fn()} onSave={onSave} />);
  const user = userEvent.setup();
  for (const said of ["a date as yyyy-mm-dd", "female or male", "3 fields", "4 fields, as in the header"])
    expect(screen.getByText(said)).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "All cells of line 5" }));
  await user.type(screen.getByRole("textbox", { name: "Sex" }), "f");
  expect(screen.getByRole<HTMLInputElement>("textbox", { name: "Sex" }).value).toBe("f");
  await user.click(screen.getByRole("button", { name: "Save these rows" }));
  await user.click(await screen.findByRole("menuitem", { name: /Excel|workbook/i }));
  expect(onSave).toHaveBeenCalledExactlyOnceWith("xlsx");
});
