import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { fireEvent, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { CorrectEnrolment } from "../../bindings/CorrectEnrolment";
import { forgetDrafts } from "../../components/draft";
import { objections, show } from "../../test/render";
import { CorrectDays } from "./CorrectDays";

const sent = vi.fn<(input: CorrectEnrolment) => void>();

beforeEach(() => {
  sent.mockReset();
  mockIPC((_, payload) => {
    const { input } = payload as { input: CorrectEnrolment };
    sent(input);
    if (input.evenIfRecorded !== true)
      throw {
        code: "invalid",
        message: "",
        fields: [{ field: "start", code: "recorded_outside", message: "3 marks and 12 register entries lie outside." }],
        help: "They are kept.",
        details: { marks: 3, attendance: 12 },
      };
    return { undo: null };
  });
});
afterEach(() => {
  forgetDrafts();
  clearMocks();
});

const open = (onClose = vi.fn()) =>
  show(
    <CorrectDays
      days={{ id: "e", start: "2026-09-01", end: null, version: 4 }}
      name="Mina Okonkwo"
      title="7B"
      onClose={onClose}
    />,
  );
const start = (day: string) =>
  fireEvent.change(screen.getByRole("textbox", { name: /First day/ }), { target: { value: day } });
const save = () => userEvent.click(screen.getByRole("button", { name: /^Correct/ }));

describe("correcting the days in a class", () => {
  it("asks about what was recorded outside with its figures, and sends that it is meant", async () => {
    const closed = vi.fn();
    open(closed);
    await screen.findByRole("textbox", { name: /First day/ });
    start("5/10/2026");
    await save();
    expect(await screen.findByRole("alert")).toHaveTextContent("3 marks and 12 register entries lie outside.");
    expect(screen.getByRole("alert")).toHaveTextContent("They are kept.");
    expect(screen.getAllByText(/3 marks/)).toHaveLength(1);
    expect(await objections(document.body)).toEqual([]);
    await userEvent.click(screen.getByLabelText("Yes, these days are right"));
    await save();
    await vi.waitFor(() => expect(closed).toHaveBeenCalled());
    expect(sent.mock.calls.map(([input]) => input)).toEqual([
      { enrolment: "e", version: 4, start: "2026-10-05", end: null, evenIfRecorded: false },
      { enrolment: "e", version: 4, start: "2026-10-05", end: null, evenIfRecorded: true },
    ]);
  });

  it("asks again where the days are others than those that were meant", async () => {
    open();
    await screen.findByRole("textbox", { name: /First day/ });
    start("5/10/2026");
    await save();
    await userEvent.click(await screen.findByLabelText("Yes, these days are right"));
    start("6/10/2026");
    await save();
    expect(sent.mock.calls.map(([{ evenIfRecorded }]) => evenIfRecorded)).toEqual([false, false]);
  });

  it("says so where the time in the class is gone meanwhile", () => {
    show(<CorrectDays days={undefined} name="Mina Okonkwo" title="7B" onClose={vi.fn()} />);
    expect(screen.getByRole("dialog", { name: "Correct the days in the class" })).toBeInTheDocument();
    expect(screen.queryByRole("textbox")).toBeNull();
  });
});
