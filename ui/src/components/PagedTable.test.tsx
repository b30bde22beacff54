import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";
import { objections, show } from "../test/render";
import { fitting, PagedTable, type ListColumn, type PageRequest } from "./PagedTable";
import { EmptyState } from "./states";

interface Pupil {
  id: string;
  name: string;
  number: number;
}
const columns: ListColumn<Pupil>[] = [
  { id: "name", header: () => "Name", cell: (row) => row.name, sortable: true },
  { id: "number", header: () => "Number", cell: (row) => row.number, numeric: true },
];
const all: Pupil[] = Array.from({ length: 250 }, (_, place) => ({
  id: `s${place}`,
  name: `Pupil ${place}`,
  number: place,
}));

function list(rows: Pupil[], onOpen = vi.fn(), open: string | null = null) {
  const load = vi.fn(async ({ offset, limit, filter }: PageRequest) => {
    const found = rows.filter(({ name }) => name.includes(filter));
    return { rows: found.slice(offset, offset + limit), total: found.length };
  });
  const view = show(
    <PagedTable
      label="Pupils"
      queryKey={["students"]}
      load={load}
      columns={columns}
      rowId={(row) => row.id}
      onOpen={onOpen}
      open={open}
      empty={<EmptyState title="No pupils yet" />}
    />,
  );
  return { ...view, load, onOpen };
}

describe("PagedTable", () => {
  it("shows the first page, says how many there are, and has nothing that axe objects to", async () => {
    const { container, load } = list(all);
    await screen.findByText("Pupil 0");
    expect(screen.getByRole("grid", { name: "Pupils" })).toHaveAttribute("aria-rowcount", "251");
    expect(screen.getByText("250 in all")).toBeInTheDocument();
    expect(load.mock.calls[0]?.[0]).toMatchObject({ offset: 0, limit: 100, filter: "" });
    expect(await objections(container)).toEqual([]);
  });

  it("has the keys as soon as it is there, and takes them from nothing that has them", async () => {
    const user = userEvent.setup();
    const { onOpen, unmount } = list(all);
    await screen.findByText("Pupil 0");
    await user.keyboard("{ArrowDown}{Enter}");
    expect(onOpen).toHaveBeenLastCalledWith(all[1]);
    unmount();
    const field = document.body.appendChild(document.createElement("input"));
    field.focus();
    list(all);
    await screen.findByText("Pupil 0");
    expect(field).toHaveFocus();
    field.remove();
  });

  it("moves with arrows and J K, and opens with Enter", async () => {
    const user = userEvent.setup();
    const { onOpen } = list(all);
    await screen.findByText("Pupil 0");
    screen.getByRole("grid").focus();
    await user.keyboard("{ArrowDown}jjk{Enter}");
    expect(onOpen).toHaveBeenLastCalledWith(all[2]);
  });

  it("sorts by the database", async () => {
    const user = userEvent.setup();
    const { load } = list(all);
    await screen.findByText("Pupil 0");
    await user.click(screen.getByRole("button", { name: "Name" }));
    await waitFor(() => expect(load.mock.calls.at(-1)?.[0].sort).toEqual({ column: "name", order: "ascending" }));
    await user.click(screen.getByRole("button", { name: "Name" }));
    await waitFor(() => expect(load.mock.calls.at(-1)?.[0].sort).toEqual({ column: "name", order: "descending" }));
  });

  it("filters by the database, and / leads to the filter", async () => {
    const user = userEvent.setup();
    list(all);
    await screen.findByText("Pupil 0");
    await user.keyboard("/Pupil 24");
    expect(await screen.findByText("11 in all")).toBeInTheDocument();
  });

  it("offers the first step where there is nothing", async () => {
    list([]);
    expect(await screen.findByText("No pupils yet")).toBeInTheDocument();
    expect(screen.queryByRole("grid")).toBeNull();
  });
});

describe("fitting", () => {
  const wide = [{ width: "10rem" }, { width: "minmax(10rem, 1fr)", lesser: 1 }, { width: "5rem", lesser: 2 }, {}];
  it("leaves out the least columns until the others have room, and never the needed ones", () => {
    expect(fitting(wide, 0)).toHaveLength(4);
    expect(fitting(wide, 33 * 16)).toHaveLength(4);
    expect(fitting(wide, 28 * 16)).toEqual([wide[0], wide[1], wide[3]]);
    expect(fitting(wide, 40)).toEqual([wide[0], wide[3]]);
  });

  it("lets rows be ticked by the pointer and the space bar, without opening them", async () => {
    const user = userEvent.setup();
    const onOpen = vi.fn();
    const onChoose = vi.fn<(chosen: readonly string[]) => void>();
    function Ticked() {
      const [chosen, setChosen] = useState<readonly string[]>(["elsewhere"]);
      return (
        <PagedTable
          label="Pupils"
          queryKey={["students"]}
          load={async () => ({ rows: all.slice(0, 3), total: 3 })}
          columns={columns}
          rowId={(row) => row.id}
          onOpen={onOpen}
          empty={null}
          choosing={{
            chosen,
            onChoose: (next) => {
              onChoose(next);
              setChosen(next);
            },
            label: ({ name }) => `Choose ${name}`,
            all: (count) => `Choose all ${count}`,
            key: "Choose",
          }}
        />
      );
    }
    const { container } = show(<Ticked />);
    await user.click(await screen.findByRole("checkbox", { name: "Choose Pupil 1" }));
    screen.getByRole("grid").focus();
    await user.keyboard(" ");
    expect(onChoose).toHaveBeenLastCalledWith(["elsewhere", "s1", "s0"]);
    expect(screen.getByRole("checkbox", { name: "Choose all 3" })).toBePartiallyChecked();
    await user.click(screen.getByRole("checkbox", { name: "Choose all 3" }));
    expect(onChoose).toHaveBeenLastCalledWith(["elsewhere", "s0", "s1", "s2"]);
    await user.click(screen.getByRole("checkbox", { name: "Choose all 3" }));
    expect(onChoose).toHaveBeenLastCalledWith(["elsewhere"]);
    expect(onOpen).not.toHaveBeenCalled();
    expect(await objections(container)).toEqual([]);
  });
});
