import { describe, expect, it } from "vitest";
import type { ImportReport } from "../../bindings/ImportReport";
import { mend, rowAt } from "./mends";

const row = { file: "list.csv", line: 3, cells: ["2", "31/31/2014"] };
const report = { refusedRows: [{ file: "list.csv", headers: ["No", "DOB"], rows: [row] }] } as unknown as ImportReport;

describe("mending a refused row", () => {
  it("changes the typed cell and keeps the others", () => {
    const mends = mend({}, row, 1, "13/12/2014");
    expect(rowAt(report, mends, "list.csv", 3)?.row.cells).toEqual(["2", "13/12/2014"]);
    expect(
      rowAt(report, mend(mends, { ...row, cells: ["2", "13/12/2014"] }, 0, "02"), "list.csv", 3)?.row.cells,
    ).toEqual(["02", "13/12/2014"]);
  });
  it("shows the row as it stands until something is typed", () =>
    expect(rowAt(report, {}, "list.csv", 3)?.row).toEqual(row));
  it("knows no row where the file has none", () => {
    expect(rowAt(report, {}, "list.csv", 4)).toBeNull();
    expect(rowAt(report, {}, "other.csv", 3)).toBeNull();
  });
});
