import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { MergePlan } from "../../bindings/MergePlan";
import type { MergeRecord } from "../../bindings/MergeRecord";
import { objections, show } from "../../test/render";
import { aStudent } from "../../test/student";
import { MergeForm, MergeWith } from "./MergeForm";

const record = (id: string, number: string, marks: number): MergeRecord => ({
  id,
  number,
  givenName: "Mina",
  familyName: "Okonkwo",
  status: "active",
  classes: [{ id: "c", title: "7B", kind: "homeroom" }],
  holds: [{ what: "marks", rows: marks }],
  version: 4,
});

const plan: MergePlan = {
  kept: record("1", "1007", 12),
  other: record("2", "1042", 3),
  fields: [
    { field: "number", kept: "1007", other: "1042" },
    { field: "given_name", kept: "Mina", other: "Mina" },
    { field: "phone", kept: null, other: "0711 222 333" },
  ],
  choices: [
    { row: "m", what: "marks", place: "Test 1, Mathematics 7B", day: null, kept: "15", other: "18" },
    { row: "a", what: "attendance", place: null, day: "2026-10-12", kept: "Present", other: "Absent" },
  ],
  inTheWay: [],
};

let answered: MergePlan = plan;
const sent = vi.fn<(operation: string, input: object) => void>();

beforeEach(() => {
  sent.mockReset();
  answered = plan;
  mockIPC((_, payload) => {
    const { operation, input } = payload as { operation: string; input: object };
    sent(operation, input);
    if (operation === "people.plan_merge") return answered;
    if (operation === "people.alike_students") return [{ ...record("2", "1042", 0), birthDate: null, deleted: false }];
    return { undo: "e" };
  });
});
afterEach(() => clearMocks());

describe("one record of two", () => {
  it("shows what each holds, and sends what was chosen", async () => {
    const done = vi.fn<(kept: string) => void>();
    const { baseElement } = show(<MergeForm school="s" kept="1" other="2" onClose={vi.fn()} onDone={done} />);
    const marks = await screen.findByRole("row", { name: /^Marks/ });
    expect(within(marks).getByText("12")).toBeInTheDocument();
    expect(screen.getByText(/says nothing: Telephone/)).toBeInTheDocument();
    expect(screen.queryByRole("radiogroup", { name: "Given name" })).toBeNull();
    await userEvent.click(screen.getByRole("radio", { name: "1042" }));
    await userEvent.click(screen.getByRole("radio", { name: "18" }));
    expect(await objections(baseElement)).toEqual([]);
    await userEvent.click(screen.getByRole("button", { name: "Merge" }));
    expect(sent).toHaveBeenLastCalledWith("people.merge_students", {
      school: "s",
      kept: "1",
      keptVersion: 4,
      other: "2",
      otherVersion: 4,
      take: ["number"],
      rows: ["m"],
    });
    await vi.waitFor(() => expect(done).toHaveBeenCalledWith("1"));
  });

  it("takes all entries of one record in one click", async () => {
    show(<MergeForm school="s" kept="1" other="2" onClose={vi.fn()} onDone={vi.fn()} />);
    await userEvent.click(await screen.findByRole("button", { name: "All of the one that goes" }));
    await userEvent.click(screen.getByRole("button", { name: "Merge" }));
    expect(sent).toHaveBeenLastCalledWith("people.merge_students", expect.objectContaining({ rows: ["m", "a"] }));
  });

  it("says what is in the way, and looks at it the other way round", async () => {
    const message = { key: "x", values: {}, text: "Mina signs in with the record that would go." };
    answered = { ...plan, inTheWay: [{ message, help: { ...message, text: "Keep that record instead." } }] };
    show(<MergeForm school="s" kept="1" other="2" onClose={vi.fn()} onDone={vi.fn()} />);
    expect(await screen.findByRole("alert")).toHaveTextContent("Keep that record instead.");
    expect(screen.getByRole("button", { name: "Merge" })).toBeDisabled();
    answered = plan;
    await userEvent.click(screen.getByRole("button", { name: "Keep the other one instead" }));
    await vi.waitFor(() =>
      expect(sent).toHaveBeenLastCalledWith("people.plan_merge", { school: "s", kept: "2", other: "1" }),
    );
  });

  it("offers who is alike", async () => {
    show(<MergeWith student={aStudent} other={null} onClose={vi.fn()} onDone={vi.fn()} />);
    await userEvent.click(await screen.findByRole("button", { name: /Okonkwo, Mina/ }));
    expect(await screen.findByText("Whose value stands")).toBeInTheDocument();
  });
});
