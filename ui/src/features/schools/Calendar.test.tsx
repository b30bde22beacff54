import { notifications } from "@mantine/notifications";
import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { CalendarEntry } from "../../bindings/CalendarEntry";
import { forgetDrafts } from "../../components/draft";
import { objections, show } from "../../test/render";
import { Calendar } from "./Calendar";
import { covering } from "./CalendarYear";

vi.mock("../../session/session", () => ({ useSession: () => ({ may: () => true }) }));

const entry = (id: string, kind: CalendarEntry["kind"], start: string, end: string, gradeLevels: string[] = []) => ({
  id,
  kind,
  title: `Entry ${id}`,
  start,
  end,
  gradeLevels,
  version: 3,
});
const entries = [
  entry("break", "holiday", "2026-10-12", "2026-10-16"),
  entry("trip", "closure", "2026-10-14", "2026-10-14", ["7"]),
  entry("fair", "extra", "2026-10-16", "2026-10-16"),
];
const told = vi.spyOn(notifications, "show");
const sent = vi.fn<(operation: string, input: object) => void>();

beforeEach(() => {
  sent.mockReset();
  forgetDrafts();
  mockIPC((_, payload) => {
    const { operation, input } = payload as { operation: string; input: { title: string } };
    sent(operation, input);
    if (operation === "schools.list_sessions")
      return [
        { id: "y", title: "2026/27", start: "2026-10-01", end: "2026-10-31", current: true, terms: [], version: 1 },
      ];
    if (operation === "schools.calendar")
      return {
        start: "2026-10-01",
        end: "2026-10-31",
        today: "2026-10-13",
        entries,
        days: [
          { date: "2026-10-10", off: { why: "weekday", title: null } },
          { date: "2026-10-12", off: { why: "holiday", title: "Entry break" } },
          { date: "2026-10-16", off: null },
        ],
        schoolDays: 17,
        gradeLevels: ["7", "8"],
      };
    return { entry: { ...entries[0], title: input.title }, registers: 2, undo: "e" };
  });
});
afterEach(() => clearMocks());

describe("the calendar of a school", () => {
  it("puts an extra day before a holiday, and what is for everybody before what is for some", () => {
    expect(covering(entries, "2026-10-14")?.id).toBe("break");
    expect(covering(entries, "2026-10-16")?.id).toBe("fair");
    expect(covering(entries, "2026-10-17")).toBeNull();
  });

  it("lists its entries, says how many school days there are, and shows each day as it is", async () => {
    const { container } = show(<Calendar school="s" />);
    expect(await screen.findByText("17 school days in 2026/27")).toBeInTheDocument();
    expect(screen.getByText("grade level 7 only")).toBeInTheDocument();
    expect(screen.getByTitle("12 Oct 2026: Entry break")).toHaveAttribute("data-look", "holiday");
    expect(screen.getByTitle("16 Oct 2026: Entry fair")).toHaveAttribute("data-look", "extra");
    expect(screen.getByTitle("10 Oct 2026")).toHaveAttribute("data-look", "free");
    expect(await objections(container)).toEqual([]);
  });

  it("takes a new closure of one day for a grade level, and says what it takes out of the figures", async () => {
    show(<Calendar school="s" />);
    await userEvent.click(await screen.findByTitle("20 Oct 2026"));
    const form = await screen.findByRole("dialog");
    await userEvent.click(within(form).getByText("Closure"));
    await userEvent.type(within(form).getByRole("textbox", { name: /^Name/ }), "Snow");
    await userEvent.click(within(form).getByRole("button", { name: /^Save/ }));
    await vi.waitFor(() =>
      expect(sent).toHaveBeenCalledWith("schools.save_calendar_entry", {
        school: "s",
        kind: "closure",
        title: "Snow",
        start: "2026-10-20",
        end: null,
        gradeLevels: [],
      }),
    );
    const message = "2 registers taken on these days count no more. They are still there.";
    await vi.waitFor(() => expect(told).toHaveBeenCalledWith(expect.objectContaining({ message })));
  });
});
