import { fireEvent, screen } from "@testing-library/react";
import { beforeEach, expect, it } from "vitest";
import type { Whoami } from "../bindings/Whoami";
import type { WhoamiSchool } from "../bindings/WhoamiSchool";
import { formatDay } from "../numbers";
import { show } from "../test/render";
import { SessionProvider, usePlace } from "./session";

const school = (id: string, rest: Partial<WhoamiSchool>): WhoamiSchool => ({
  id,
  name: id,
  timeZone: "UTC",
  today: "2026-11-21",
  dayOrder: "day_first",
  nameOrder: "family_first",
  documentLanguage: "en",
  roles: ["principal"],
  operations: [],
  currentTerm: null,
  terms: [],
  ...rest,
});
const whoami = {
  user: "u1",
  schools: [school("s1", {}), school("s2", { dayOrder: "month_first" })],
} as unknown as Whoami;

function Screen() {
  const { chooseSchool } = usePlace();
  return (
    <>
      <p>{formatDay("2026-10-09")}</p>
      <button type="button" onClick={() => chooseSchool("s2")}>
        The other school
      </button>
    </>
  );
}

beforeEach(() => window.localStorage.clear());

it("writes every date as the school that is looked at does, also after another is chosen", () => {
  show(
    <SessionProvider whoami={whoami}>
      <Screen />
    </SessionProvider>,
  );
  expect(screen.getByText("9 Oct 2026")).toBeInTheDocument();
  fireEvent.click(screen.getByRole("button", { name: "The other school" }));
  expect(screen.getByText("Oct 9, 2026")).toBeInTheDocument();
});
