import { cleanup, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import type { ColumnMatching } from "../../bindings/ColumnMatching";
import type { ListKind } from "../../bindings/ListKind";
import type { Preview } from "../../bindings/Preview";
import { objections, show } from "../../test/render";
import { fieldsOf } from "./matching";
import { MatchView } from "./MatchView";

afterEach(cleanup);

const nothing = {
  ...Object.fromEntries(
    Object.values(fieldsOf)
      .flat()
      .map((field) => [field, null]),
  ),
  marksOf: [],
  own: {},
} as unknown as ColumnMatching;
const table = (kind: ListKind): Preview =>
  ({
    file: "list.csv",
    kind,
    headers: ["Class", "Subject", "Teacher"],
    rows: [["7A", "Art", "Ben Otieno"]],
    suggested: nothing,
    doubtful: [],
    own: kind === "staff" ? [{ id: "f", title: "Parking permit" }] : [],
  }) as unknown as Preview;

function view(kind: ListKind, matching: Partial<ColumnMatching>) {
  const onKind = vi.fn<(kind: ListKind) => void>();
  const onMatching = vi.fn<(matching: ColumnMatching) => void>();
  const shown = show(
    <MatchView
      table={table(kind)}
      matching={{ ...nothing, ...matching }}
      dates={null}
      onKind={onKind}
      onMatching={onMatching}
      onDates={vi.fn()}
      onCheck={vi.fn()}
    />,
  );
  return { ...shown, onKind, onMatching };
}

it("offers the fields of the list's kind, and asks for what it needs", async () => {
  const { container } = view("courses", { class: "Class" });
  expect(screen.getByRole("combobox", { name: "This is a list of" })).toHaveValue("Courses and teachers");
  expect(screen.getByText("Say which column holds the subject.")).toBeInTheDocument();
  expect(screen.getByRole("button", { name: "Check the rows" })).toBeDisabled();
  await userEvent.click(screen.getByRole("combobox", { name: "What “Teacher” holds" }));
  const options = screen.getAllByRole("option", { hidden: true }).map((option) => option.textContent);
  expect(options).toEqual(expect.arrayContaining(["Class", "Subject", "Teachers"]));
  expect(options).not.toContain("Date of birth");
  expect(await objections(container)).toEqual([]);
});

it("is told what the list is of", async () => {
  const { onKind } = view("students", {});
  await userEvent.click(screen.getByRole("combobox", { name: "This is a list of" }));
  await userEvent.click(screen.getByRole("option", { name: "Courses and teachers", hidden: true }));
  expect(onKind).toHaveBeenCalledWith("courses");
});

it("offers the fields that the school made", async () => {
  const { onMatching } = view("staff", {});
  await userEvent.click(screen.getByRole("combobox", { name: "What “Class” holds" }));
  await userEvent.click(await screen.findByRole("option", { name: "Parking permit" }));
  expect(onMatching).toHaveBeenCalledWith({ ...nothing, own: { f: "Class" } });
});

it("takes columns of a list of marks as those of their subjects", async () => {
  const { onMatching } = view("marks", { number: "Class" });
  expect(screen.getByText(/the subject/)).toBeInTheDocument();
  await userEvent.click(screen.getByRole("combobox", { name: "What “Subject” holds" }));
  await userEvent.click(await screen.findByRole("option", { name: "Marks of this subject" }));
  expect(onMatching).toHaveBeenCalledWith({ ...nothing, number: "Class", marksOf: ["Subject"] });
});
