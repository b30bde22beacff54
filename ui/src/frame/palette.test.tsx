import { clearMocks, mockIPC, mockWindows } from "@tauri-apps/api/mocks";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { App } from "../app";
import type { PersonHit } from "../bindings/PersonHit";
import type { Whoami } from "../bindings/Whoami";
import { giveUp } from "../session/entry";
import { matching } from "./Palette";
import { closePalette } from "./palette";

const action = (label: string, keywords = "") => ({ id: label, label, path: "/", keywords, keys: undefined });

it("puts what is called as it was typed before what only has to do with it", () => {
  const all = [action("Students"), action("Report cards", "marks comments"), action("Marks")];
  const { first, others } = matching(all, "mar");
  expect(first.map(({ label }) => label)).toEqual(["Marks"]);
  expect(others.map(({ label }) => label)).toEqual(["Report cards"]);
  expect(matching(all, "").others).toHaveLength(3);
});

const who: Whoami = {
  user: "u1",
  username: "mina",
  name: "Mina Okonkwo",
  staff: null,
  student: null,
  mustChangePassword: false,
  language: null,
  lockAfterMinutes: 15,
  roles: ["super_administrator"],
  schools: [
    {
      id: "s1",
      name: "Riverside School",
      timeZone: "UTC",
      today: "2026-11-21",
      roles: ["super_administrator"],
      operations: ["people.search_people", "people.list_students", "people.student"],
      currentTerm: null,
      terms: [],
    } as unknown as Whoami["schools"][number],
  ],
};
const hit = (givenName: string, familyName: string): PersonHit =>
  ({
    kind: "student",
    id: `id-${givenName}`,
    givenName,
    familyName,
    nativeName: null,
    number: "1",
    detail: "7B",
    students: [],
  }) as unknown as PersonHit;

let answers: (() => void)[] = [];
beforeEach(() => {
  mockWindows("main");
  window.localStorage.clear();
  window.location.hash = "#/account/sessions";
  answers = [];
  mockIPC((_, payload) => {
    const { operation, input } = payload as { operation: string; input: { text: string; kind: string } };
    if (operation === "accounts.status") return { needsSetup: false, signedIn: true, version: "1" };
    if (operation === "accounts.whoami") return who;
    if (operation === "accounts.my_sessions") return [];
    if (operation === "people.search_people" && input.kind !== "student") return [];
    if (operation === "people.search_people")
      return new Promise((resolve) =>
        answers.push(() =>
          resolve(input.text === "patel" ? [hit("Asha", "Patel"), hit("Ravi", "Patel")] : [hit("Wrong", "Person")]),
        ),
      );
    throw { code: "not_found", message: operation, fields: [], help: null, details: null };
  });
});
afterEach(() => {
  closePalette();
  cleanup();
  giveUp();
  clearMocks();
});

const field = () => screen.getByRole("combobox", { name: "Search or do" });
const ctrlK = () => fireEvent.keyDown(document.activeElement ?? document.body, { key: "k", ctrlKey: true });

it("opens the first that is found for what was typed, also when Enter came before the answer", async () => {
  render(<App />);
  await screen.findByText("Where you are signed in");
  ctrlK();
  expect(field()).toHaveFocus(); // With the key itself, not a moment later.
  fireEvent.change(field(), { target: { value: "pat" } });
  await waitFor(() => expect(answers).toHaveLength(1));
  fireEvent.change(field(), { target: { value: "patel" } });
  fireEvent.keyDown(field(), { key: "Enter" });
  answers[0]?.(); // Late, and for another text.
  await waitFor(() => expect(answers).toHaveLength(2));
  expect(window.location.hash).toBe("#/account/sessions");
  answers[1]?.();
  await waitFor(() => expect(window.location.hash).toBe("#/students/id-Asha"));
  await waitFor(() => expect(screen.queryByRole("combobox", { name: "Search or do" })).toBeNull());
});

it("is there again at once after Escape, and lists first what this person opened last", async () => {
  window.localStorage.setItem("homeroom.u1.recent", JSON.stringify(["/students", "/students/gone", "/nowhere"]));
  window.localStorage.setItem("homeroom.u2.recent", JSON.stringify(["/account/password"]));
  render(<App />);
  await screen.findByText("Where you are signed in");
  ctrlK();
  fireEvent.keyDown(field(), { key: "Escape" });
  ctrlK();
  expect(field()).toHaveFocus();
  const chosen = await waitFor(() => {
    const one = screen.getByRole("group", { name: "Opened last" });
    expect(one).toBeInTheDocument();
    return one;
  });
  expect([...chosen.querySelectorAll("[role=option]")].map((one) => one.textContent)).toEqual(["Students"]);
  expect(chosen.querySelector("[aria-selected=true]")).not.toBeNull();
  vi.restoreAllMocks();
});
