import { cleanup, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import type { TableReading } from "../../bindings/TableReading";
import { objections, show } from "../../test/render";
import { ReadView } from "./ReadView";

afterEach(cleanup);

const plain: TableReading = {
  file: "list.csv",
  source: "text",
  encoding: { name: "UTF-8", guessed: false, samples: [], others: [] },
  sheet: null,
  separator: "comma",
  headerLine: 1,
  unread: [],
  dates: [],
  names: null,
};
const office: TableReading = {
  ...plain,
  file: "list.xlsx",
  source: "workbook",
  encoding: null,
  separator: null,
  headerLine: 3,
  sheet: { name: "Form 7", others: ["Form 8"], undecided: true },
  unread: ["Bus"],
  dates: [
    { column: "DOB", order: "day_first", decidedBy: "cells", written: "19/07/2014", read: "2014-07-19" },
    { column: "Joined", order: null, decidedBy: "nothing", written: "04/02/2020", read: "" },
  ],
  names: { order: "given_first", examples: [{ written: "Ann Mary Lee", given: "Ann Mary", family: "Lee" }] },
};

it("says nothing of a set that is written as it should be", () => {
  show(<ReadView readings={[plain]} said={{}} />);
  expect(screen.queryByText("How the file was read")).toBeNull();
});

it("shows sheet, header, dates and names, and lets a person say otherwise", async () => {
  const [files, names, dates] = [vi.fn(), vi.fn(), vi.fn()];
  const { container } = show(
    <ReadView
      readings={[office]}
      said={{
        files: { readAs: {}, onChange: files },
        names: { order: null, onChange: names },
        dates: { order: null, onChange: dates },
      }}
    />,
  );
  const user = userEvent.setup();
  expect(screen.getByRole("alert").textContent).toContain("Several sheets");
  for (const text of ["19/07/2014", "Ann Mary | Lee", "Bus", "Refused: say which comes first"])
    expect(screen.getAllByText(text, { exact: false }).length).toBeGreaterThan(0);
  expect(await objections(container)).toEqual([]);
  const line = screen.getByRole("textbox", { name: "Line with the names of the columns" });
  await user.clear(line);
  await user.type(line, "4");
  await user.tab();
  expect(files).toHaveBeenLastCalledWith({ headerLine: 4 });
  await user.click(screen.getByRole("combobox", { name: "Sheet" }));
  await user.click(await screen.findByRole("option", { name: "Form 8", hidden: true }));
  expect(files).toHaveBeenLastCalledWith({ sheet: "Form 8" });
  await user.click(screen.getByRole("combobox", { name: "Dates such as 4/2/2010" }));
  await user.click(await screen.findByRole("option", { name: "Month first (2 April)", hidden: true }));
  expect(dates).toHaveBeenLastCalledWith("month_first");
});
