import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { listWith, ownColumn } from "../../test/lists";
import { objections, show } from "../../test/render";
import { filterIn } from "../lists/address";
import { MoreFilters } from "./MoreFilters";

const choices = ["S", "M"];
const columns = [
  ownColumn("Uniform", { kind: "choice", choices }),
  ownColumn("Swims", { kind: "yes_no" }),
  ownColumn("Bus"),
  { ...ownColumn("Seat", { kind: "choice", choices }), sortable: false },
];

beforeEach(() =>
  mockIPC((_, payload) => {
    const { operation } = payload as { operation: string };
    if (operation === "lists.student_values") return { gradeLevels: ["7"], sexes: [] };
    return { ...listWith(), columns };
  }),
);
afterEach(clearMocks);

function filters(held: Record<string, string>) {
  const choose = vi.fn<(choices: object) => void>();
  const filter = filterIn("students", (name) => held[name] ?? null);
  return { ...show(<MoreFilters school="s" filter={filter} choose={choose} />), choose };
}
const offered = () => screen.getAllByRole("option").map(({ textContent }) => textContent);

it("narrows to a choice, or a yes or no, that the school keeps", async () => {
  const { choose, container } = filters({});
  await userEvent.click(screen.getByRole("button", { name: "More filters" }));
  await userEvent.click(await screen.findByRole("combobox", { name: "Own field" }));
  // What holds anything at all, and what one sees of some alone, narrows nothing.
  expect(offered()).toEqual(["Uniform", "Swims"]);
  await userEvent.click(screen.getByRole("option", { name: "Swims" }));
  expect(choose).toHaveBeenCalledWith({ ownField: "Swims", ownValue: null });
  expect(await objections(container)).toEqual([]);
});

it("offers what the field can hold, and nothing at all", async () => {
  const { choose } = filters({ ownField: "Uniform", ownValue: "XL" });
  await userEvent.click(screen.getByRole("button", { name: "1 more filter" }));
  await userEvent.click(await screen.findByRole("combobox", { name: "Uniform" }));
  expect(offered()).toEqual(["Nothing known", "S", "M", "XL"]);
  await userEvent.click(screen.getByRole("option", { name: "M" }));
  expect(choose).toHaveBeenLastCalledWith({ ownValue: "M" });
  await userEvent.click(screen.getByRole("button", { name: "Clear these" }));
  expect(choose).toHaveBeenLastCalledWith(expect.objectContaining({ ownField: null, ownValue: null }));
});
