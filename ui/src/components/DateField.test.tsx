import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { adoptConventions, type Conventions } from "../conventions";
import { objections, show } from "../test/render";
import { DateField, dayFault, dayNeeded, DayToShow } from "./DateField";

const today = "2026-11-29";
let value = "";

function Field({ start = "", dayOrder }: { start?: string; dayOrder?: Conventions["dayOrder"] }) {
  const [day, setDay] = useState(start);
  value = day;
  return (
    <DateField
      label="Born"
      value={day}
      onChange={setDay}
      past
      {...(dayOrder === undefined ? {} : { order: dayOrder })}
    />
  );
}

beforeEach(() => adoptConventions({ dayOrder: "day_first", nameOrder: "family_first", today }));
afterEach(() => adoptConventions(null));

const field = () => screen.getByLabelText<HTMLInputElement>("Born");

describe("DateField", () => {
  it("means what is typed, by the order of the school, and says it in words", async () => {
    show(<Field />);
    expect(field().value).toBe("");
    expect(field().placeholder).toBe("DD/MM/YYYY");
    await userEvent.type(field(), "14/05/2014");
    expect(value).toBe("2014-05-14");
    expect(field().value).toBe("14/05/2014");
    expect(screen.getByText("14 May 2014")).toBeInTheDocument();
  });

  it("reads the same text by another order", async () => {
    show(<Field dayOrder="month_first" />);
    await userEvent.type(field(), "01/09/2026");
    expect(value).toBe("2026-01-09");
    expect(screen.getByText("Jan 9, 2026")).toBeInTheDocument();
  });

  it("keeps what it cannot read, with the reason beside it", async () => {
    show(<Field />);
    await userEvent.type(field(), "31/02/2014");
    await userEvent.tab();
    expect(field().value).toBe("31/02/2014");
    expect(value).toBe("31/02/2014");
    expect(screen.getByText("There is no such day. Type it as 29/11/2026.")).toBeInTheDocument();
    expect(dayFault(value)).not.toBeNull();
    await userEvent.clear(field());
    expect(value).toBe("");
    expect(dayFault(value)).toBeNull();
    expect(dayNeeded(value)).toBe("This is needed.");
  });

  it("shows a stored day as it would be typed, and changes it only where somebody types", async () => {
    show(<Field start="2014-05-14" />);
    expect(field().value).toBe("14/05/2014");
    await userEvent.click(field());
    await userEvent.tab();
    expect(value).toBe("2014-05-14");
    expect(field().value).toBe("14/05/2014");
  });

  it("shows what a draft kept, with its fault", () => {
    show(<Field start="14/5/201" />);
    expect(field().value).toBe("14/5/201");
    expect(screen.getByText("This is no date. Type it as 29/11/2026.")).toBeInTheDocument();
  });

  it("has a calendar for the keyboard and for the mouse", async () => {
    show(<Field start="2014-05-14" />);
    await userEvent.click(field());
    await userEvent.keyboard("{ArrowDown}");
    await waitFor(() => expect(document.activeElement).toHaveAccessibleName(/14 May 2014/));
    await userEvent.keyboard("{ArrowRight}{Enter}");
    expect(value).toBe("2014-05-15");
    await waitFor(() => expect(document.activeElement).toBe(field()));
    await userEvent.click(screen.getByRole("button", { name: "Calendar" }));
    await userEvent.click(await screen.findByRole("button", { name: /20 May 2014/ }));
    expect(value).toBe("2014-05-20");
    expect(field().value).toBe("20/05/2014");
  });

  it("passes axe", async () => {
    const { container } = show(<Field start="2014-05-14" />);
    expect(await objections(container)).toEqual([]);
  });
});

describe("DayToShow", () => {
  it("takes a typed day on Enter, and nothing before", async () => {
    const taken: string[] = [];
    show(<DayToShow label="Day" value={today} onChange={(day) => taken.push(day)} />);
    const shown = screen.getByLabelText<HTMLInputElement>("Day");
    expect(shown.value).toBe("Sun 29 Nov 2026");
    await userEvent.click(shown);
    await userEvent.keyboard("7.9.2026");
    expect(taken).toEqual([]);
    await userEvent.keyboard("{Enter}");
    expect(taken).toEqual(["2026-09-07"]);
    await userEvent.clear(shown);
    await userEvent.keyboard("no day{Enter}");
    expect(taken).toHaveLength(1);
    expect(shown.value).toBe("no day");
    expect(screen.getByText(/This is no date/)).toBeInTheDocument();
  });
});
