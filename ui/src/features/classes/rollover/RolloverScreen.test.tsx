import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { RolloverPlan } from "../../../bindings/RolloverPlan";
import type { RolloverStudent } from "../../../bindings/RolloverStudent";
import type { YearRow } from "../../../bindings/YearRow";
import { objections, show } from "../../../test/render";
import RolloverScreen from "./RolloverScreen";

const go = vi.fn<(to: { to: string; search: object }) => void>();
let search: Record<string, unknown> = {};
let open: string | undefined;
let held: readonly string[] | "all" = "all";
vi.mock("@tanstack/react-router", () => ({
  useNavigate: () => go,
  useParams: () => (open === undefined ? {} : { open }),
  useSearch: () => search,
}));
vi.mock("../../../session/session", () => ({
  usePlace: () => ({ school: { id: "s", today: "2026-11-30" } }),
  useSession: () => ({
    may: (operation: string) => held === "all" || held.includes(operation),
    whoami: { staff: null },
  }),
}));

const year = (id: string, title: string, from: number, current = false): YearRow => ({
  id,
  title,
  start: `${from}-09-01`,
  end: `${from + 1}-07-10`,
  terms: [],
  current,
  version: 1,
});
const long = `Homeroom of ${"everybody who came late and stays for long ".repeat(2)}`.trim();
const plan: RolloverPlan = {
  classes: [
    {
      class: "c7",
      title: "7A",
      gradeLevel: "7",
      students: 24,
      outcome: "moves",
      to: "8A",
      by: "rule",
      otherwise: 1,
      unresolved: 0,
    },
    {
      class: "c9",
      title: "9A",
      gradeLevel: "9",
      students: 20,
      outcome: "graduates",
      to: null,
      by: "class",
      otherwise: 0,
      unresolved: 0,
    },
    {
      class: "cx",
      title: long,
      gradeLevel: null,
      students: 2,
      outcome: null,
      to: null,
      by: "rule",
      otherwise: 0,
      unresolved: 2,
    },
  ],
  homerooms: ["7A", "8A", "9A"],
  newClasses: 15,
  newCourses: 84,
  newGradePlaces: 0,
  grades: [],
  counts: { students: 46, moves: 22, repeats: 1, leaves: 1, graduates: 20, unresolved: 2, done: 0 },
};
const student = (id: string, givenName: string, rest: Partial<RolloverStudent> = {}): RolloverStudent => ({
  student: id,
  number: `N${id}`,
  givenName,
  familyName: "Lee",
  nativeName: null,
  class: "c7",
  classTitle: "7A",
  outcome: "moves",
  to: "8A",
  by: "rule",
  unresolved: null,
  done: false,
  ...rest,
});

let years: YearRow[] = [];
let now = plan;
let students: RolloverStudent[] = [];
const called = vi.fn<(operation: string, input: Record<string, unknown>) => void>();
const inputs = (operation: string) =>
  called.mock.calls.filter(([name]) => name === operation).map(([, input]) => input);

beforeEach(() => {
  go.mockReset();
  called.mockReset();
  search = {};
  open = undefined;
  held = "all";
  years = [year("y27", "2027/28", 2027), year("y26", "2026/27", 2026, true), year("y25", "2025/26", 2025)];
  now = plan;
  students = [];
  mockIPC((command, payload) => {
    if (command === "upload") return "u1";
    const { operation, input } = payload as { operation: string; input: Record<string, unknown> };
    called(operation, input);
    switch (operation) {
      case "schools.list_sessions":
        return years;
      case "classes.plan_rollover":
        return now;
      case "classes.rollover_students":
        return { rows: students, total: students.length };
      case "classes.rollover_from_file":
        return { decided: 12, unknown: ["9001", "9002"], undo: "e" };
      case "classes.roll_over":
        if (input.evenIfUnresolved !== true && now.counts.unresolved > 0)
          throw {
            code: "invalid",
            message: "Nothing is planned for 2 students.",
            help: "Decide what becomes of them.",
            details: { unresolved: 2 },
          };
        return { counts: now.counts, newClasses: now.newClasses, newCourses: now.newCourses, undo: "e" };
      default:
        return { undo: null };
    }
  });
});
afterEach(clearMocks);

/** As the frame holds it. */
const Framed = () => (
  <main>
    <RolloverScreen />
  </main>
);
const pick = async (label: string, option: string) => {
  await userEvent.click(await screen.findByRole("combobox", { name: label }));
  await userEvent.click(await screen.findByRole("option", { name: option }));
};

describe("the new academic year", () => {
  it("says how many places grade levels have for who comes, and which are full", async () => {
    now = {
      ...plan,
      newGradePlaces: 2,
      grades: [
        { gradeLevel: "7", places: 60, there: 0, coming: 0 },
        { gradeLevel: "8", places: 20, there: 1, coming: 22 },
        { gradeLevel: "9", places: 30, there: 0, coming: 20 },
      ],
    };
    const { container } = show(<Framed />);
    expect(await screen.findByText("Grade level 8 is full: 23 students, places for 20.")).toBeVisible();
    expect(screen.getByText("30 places free in grade level 9.")).toBeVisible();
    expect(screen.queryByText(/grade level 7/)).toBeNull();
    expect(screen.getByText(/Also the number of places of 2 grade levels\./)).toBeVisible();
    expect(await objections(container)).toEqual([]);
  });

  it("goes from the present year into the next, and shows what becomes of whom", async () => {
    const { container } = show(<Framed />, { rtl: true });
    expect(await screen.findByText("7A")).toBeInTheDocument();
    expect(inputs("classes.plan_rollover")[0]).toEqual({
      school: "s",
      from: "y26",
      to: "y27",
      groups: true,
      teachers: true,
    });
    const counts = screen.getByRole("list", { name: "Students by what becomes of them" });
    expect(counts).toHaveTextContent("22Move up");
    expect(counts).toHaveTextContent("20Graduate");
    expect(screen.getByText("15 new classes with 84 new courses.")).toBeInTheDocument();
    expect(screen.getByRole("combobox", { name: "What becomes of 7A" })).toHaveValue("8A");
    expect(screen.getByRole("combobox", { name: "What becomes of 9A" })).toHaveValue("Graduates");
    expect(screen.getByText(long)).toHaveAttribute("title", long);
    expect(await objections(container)).toEqual([]);
    await userEvent.click(screen.getByRole("button", { name: /Unresolved/ }));
    expect(go).toHaveBeenLastCalledWith(expect.objectContaining({ to: "/classes/rollover/unresolved" }));
  });

  it("decides about a homeroom in its row, without opening it", async () => {
    show(<Framed />);
    await pick("What becomes of 7A", "9A");
    await pick("What becomes of 9A", "By rule");
    await pick(`What becomes of ${long}`, "Leaves");
    await vi.waitFor(() =>
      expect(inputs("classes.decide_rollover_class")).toEqual([
        { to: "y27", class: "c7", outcome: "moves", title: "9A" },
        { to: "y27", class: "c9", outcome: null, title: null },
        { to: "y27", class: "cx", outcome: "leaves", title: null },
      ]),
    );
    expect(go).not.toHaveBeenCalled();
    await userEvent.click(screen.getByText("7A"));
    expect(go).toHaveBeenCalledWith(expect.objectContaining({ to: "/classes/rollover/c7" }));
  });

  it("leaves out groups and teachers where that is said", async () => {
    search = { groups: "no" };
    show(<Framed />);
    await userEvent.click(await screen.findByLabelText("With class teachers and who teaches what"));
    expect(inputs("classes.plan_rollover")[0]).toMatchObject({ groups: false, teachers: true });
    expect(go).toHaveBeenCalledWith(expect.objectContaining({ search: { groups: "no", teachers: "no" } }));
  });

  it("says where there is no next year, and leads to where years are made", async () => {
    years = years.slice(1);
    show(<Framed />);
    expect(await screen.findByText("No academic year after 2026/27 yet")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "Set up years and terms" }));
    expect(go).toHaveBeenCalledWith({ to: "/settings/years" });
    expect(inputs("classes.plan_rollover")).toEqual([]);
    expect(screen.queryByRole("button", { name: "Roll over…" })).toBeNull();
  });

  it("says why it cannot be planned", async () => {
    mockIPC((_, payload) => {
      if ((payload as { operation: string }).operation === "schools.list_sessions") return years;
      throw { code: "forbidden", message: "" };
    });
    show(<Framed />);
    expect(await screen.findByRole("alert")).toHaveTextContent("Your role does not allow this");
  });
});

describe("the students", () => {
  it("of a homeroom are decided about one by one, as several, and searched", async () => {
    open = "c7";
    students = [
      student("1", "Ann"),
      student("2", "Ben", { by: "student", outcome: "repeats", to: "7A" }),
      student("3", "Cem", { done: true }),
    ];
    show(<Framed />);
    expect(await screen.findByRole("combobox", { name: "What becomes of Ann Lee" })).toHaveValue("As the homeroom: 8A");
    expect(screen.getByRole("combobox", { name: "What becomes of Ben Lee" })).toHaveValue("Repeats in 7A");
    expect(screen.queryByRole("combobox", { name: "What becomes of Cem Lee" })).toBeNull();
    expect(screen.getByText("In the new year already")).toBeInTheDocument();
    expect(await objections(document.body)).toEqual([]);
    await pick("What becomes of Ann Lee", "Repeats in 7A");
    await pick("What becomes of Ben Lee", "As the homeroom: 8A");
    await userEvent.click(screen.getByLabelText("Choose all"));
    await pick("Decide for them…", "Leaves");
    await vi.waitFor(() =>
      expect(inputs("classes.decide_rollover_students")).toEqual([
        { school: "s", to: "y27", students: ["1"], outcome: "repeats", title: "7A" },
        { school: "s", to: "y27", students: ["2"], outcome: null, title: null },
        { school: "s", to: "y27", students: ["1", "2"], outcome: "leaves", title: null },
      ]),
    );
    await vi.waitFor(() => expect(screen.queryByRole("combobox", { name: "Decide for them…" })).toBeNull());
    await userEvent.type(screen.getByRole("textbox", { name: "Name or number" }), "an");
    await vi.waitFor(() =>
      expect(inputs("classes.rollover_students").at(-1)).toMatchObject({ class: "c7", search: "an", offset: 0 }),
    );
  });

  it("for whom nothing is planned are a list of their own, with the reason", async () => {
    open = "unresolved";
    students = [
      student("1", "Ann", { class: null, classTitle: null, outcome: null, to: null, unresolved: "no_homeroom" }),
      student("2", "Ben", { class: "cx", classTitle: long, outcome: null, to: null, unresolved: "no_rule" }),
      student("3", "Cem", { by: "student", outcome: null, to: "8Z", unresolved: "no_such_class" }),
    ];
    show(<Framed />);
    const pane = await screen.findByRole("complementary", { name: "Unresolved" });
    expect(await within(pane).findByText("In no homeroom")).toBeInTheDocument();
    expect(within(pane).getByText("No rule for the homeroom")).toBeInTheDocument();
    expect(within(pane).getByText("No homeroom 8Z in the new year")).toBeInTheDocument();
    expect(screen.getByRole("combobox", { name: "What becomes of Cem Lee" })).toHaveValue("8Z");
    expect(inputs("classes.rollover_students")[0]).toMatchObject({ class: null, unresolved: true });
  });

  it("are none where everything is planned", async () => {
    open = "unresolved";
    show(<Framed />);
    expect(await screen.findByText("Nobody is unresolved")).toBeInTheDocument();
  });
});

describe("a list", () => {
  it("decides about the students in it, and names unknown numbers", async () => {
    search = { do: "file" };
    show(<Framed />);
    const dialog = await screen.findByRole("dialog", { name: "Who goes where in 2027/28" });
    const field = document.querySelector<HTMLInputElement>("input[type=file]");
    if (field === null) throw new Error("no field for a file");
    await userEvent.upload(field, new File(["number,class\n1,8A"], "next.csv", { type: "text/csv" }));
    expect(await screen.findByText(/The list decides about 12 students/)).toBeInTheDocument();
    expect(screen.getByText("9001, 9002")).toBeInTheDocument();
    expect(inputs("classes.rollover_from_file")).toEqual([{ school: "s", to: "y27", uploads: ["u1"] }]);
    expect(await objections(dialog)).toEqual([]);
  });

  it("that is none is refused where it was chosen", async () => {
    search = { do: "file" };
    mockIPC((command, payload) => {
      if (command === "upload") return "u1";
      const { operation } = payload as { operation: string };
      if (operation === "schools.list_sessions") return years;
      if (operation === "classes.plan_rollover") return plan;
      throw {
        code: "invalid",
        message: "",
        fields: [{ field: "uploads", code: "no_list", message: "Choose a list of students." }],
      };
    });
    show(<Framed />);
    const dialog = await screen.findByRole("dialog");
    const field = document.querySelector<HTMLInputElement>("input[type=file]");
    if (field === null) throw new Error("no field for a file");
    await userEvent.upload(field, new File(["x"], "next.csv"));
    expect(await within(dialog).findByRole("alert")).toHaveTextContent("Choose a list of students.");
  });
});

describe("rolling over", () => {
  const submit = () => userEvent.click(screen.getByRole("button", { name: "Roll over" }));

  it("says in a sentence what will happen, and is not done while somebody is unresolved and it is not meant", async () => {
    search = { do: "apply" };
    show(<Framed />);
    const dialog = await screen.findByRole("dialog", { name: "Roll over into 2027/28" });
    expect(dialog).toHaveTextContent(
      "22 of 46 students will move up, 1 will repeat, 1 will leave and 20 will graduate; the year gets 15 new classes with 84 new courses.",
    );
    expect(dialog).toHaveTextContent("10 Jul 2027");
    expect(dialog).toHaveTextContent("Nothing is planned for 2 students.");
    await submit();
    expect(dialog).toHaveTextContent("Say that this is meant");
    expect(inputs("classes.roll_over")).toEqual([]);
    expect(await objections(dialog)).toEqual([]);
    await userEvent.click(screen.getByLabelText("These 2 students stay as they are"));
    await submit();
    await vi.waitFor(() =>
      expect(inputs("classes.roll_over")).toEqual([
        { school: "s", from: "y26", to: "y27", groups: true, teachers: true, evenIfUnresolved: true },
      ]),
    );
    await vi.waitFor(() => expect(go).toHaveBeenLastCalledWith(expect.objectContaining({ search: {} })));
  });

  it("does not say that it is meant where nobody is unresolved", async () => {
    search = { do: "apply" };
    now = { ...plan, counts: { ...plan.counts, unresolved: 0 } };
    show(<Framed />);
    await screen.findByRole("dialog");
    expect(screen.queryByRole("checkbox", { name: /stay as they are/ })).toBeNull();
    await submit();
    await vi.waitFor(() => expect(inputs("classes.roll_over")[0]).toMatchObject({ evenIfUnresolved: false }));
  });

  it("shows a refusal in place, and asks about those who came meanwhile", async () => {
    search = { do: "apply" };
    now = { ...plan, counts: { ...plan.counts, unresolved: 0 } };
    show(<Framed />);
    const dialog = await screen.findByRole("dialog");
    now = plan;
    await submit();
    expect(await within(dialog).findByText(/Decide what becomes of them\./)).toBeInTheDocument();
    expect(screen.getByLabelText("These 2 students stay as they are")).not.toBeChecked();
  });

  it("says that nothing is left once all is done", async () => {
    search = { do: "apply" };
    now = {
      ...plan,
      newClasses: 0,
      newCourses: 0,
      counts: { students: 46, moves: 0, repeats: 0, leaves: 0, graduates: 0, unresolved: 0, done: 46 },
    };
    show(<Framed />);
    const dialog = await screen.findByRole("dialog");
    expect(dialog).toHaveTextContent("Nothing is left to be done in 2027/28.");
    expect(dialog).toHaveTextContent("46 students are in the new year already and stay there.");
    expect(screen.getByText("No classes or courses to be copied.")).toBeInTheDocument();
  });

  it("is offered to whoever may do it only", async () => {
    held = ["classes.plan_rollover", "classes.rollover_students"];
    search = { do: "apply" };
    show(<Framed />);
    expect(await screen.findByText("7A")).toBeInTheDocument();
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(screen.queryByRole("button", { name: "Roll over…" })).toBeNull();
    expect(screen.queryByRole("button", { name: "Read a list…" })).toBeNull();
  });
});
