import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Error as OperationError } from "../bindings/Error";
import type { JobRow } from "../bindings/JobRow";
import { objections, show } from "../test/render";
import { JobsIndicator } from "./JobsIndicator";

/** What the shell is asked for. */
const invoke = vi.fn();
vi.mock("../session/session", () => ({ usePlace: () => ({ school: { id: "riverside" } }) }));

let rows: JobRow[] = [];
/** What was asked for besides the list. */
let asked: { operation: string; input: unknown }[] = [];

function row(fields: Partial<JobRow>): JobRow {
  return {
    id: "one",
    kind: "report_cards",
    state: "waiting",
    done: 0,
    total: 0,
    attempt: 0,
    runAfter: "2026-10-14T08:00:00Z",
    error: null,
    result: null,
    document: null,
    own: true,
    createdAt: "2026-10-14T08:00:00Z",
    endedAt: null,
    ...fields,
  };
}

beforeEach(() => {
  asked = [];
  invoke.mockClear();
  mockIPC((command, args) => invoke(command, args));
  invoke.mockImplementation((_: string, { operation, input }: { operation: string; input: unknown }) => {
    if (operation === "jobs.list_jobs") return Promise.resolve(rows);
    asked.push({ operation, input });
    return Promise.resolve(null);
  });
});
afterEach(() => {
  cleanup();
  clearMocks();
});

/** Opens the list by keyboard. */
async function open(name: RegExp): Promise<void> {
  const button = await screen.findByRole("button", { name });
  button.focus();
  expect(button).toHaveFocus();
  fireEvent.click(button);
}

it("is not there where there is nothing to show", async () => {
  rows = [];
  show(<JobsIndicator />);
  await waitFor(() => expect(invoke).toHaveBeenCalled());
  expect(screen.queryByRole("button")).toBeNull();
});

it("shows how far a job is, and stops it", async () => {
  rows = [row({ state: "running", done: 3, total: 12 })];
  show(<JobsIndicator />);
  await open(/1 job is running/);
  expect(await screen.findByText("3 of 12")).toBeInTheDocument();
  expect(screen.getByRole("progressbar", { name: "Report cards of several classes" })).toHaveAttribute(
    "aria-valuenow",
    "25",
  );
  fireEvent.click(screen.getByRole("button", { name: "Cancel Report cards of several classes" }));
  await waitFor(() => expect(asked).toEqual([{ operation: "jobs.cancel_job", input: { job: "one" } }]));
});

it("says why a job failed, tries it again, and takes it off the list", async () => {
  const error: OperationError = {
    code: "bad_file",
    message: "No list.",
    said: { key: "refusals.exchange.noList", values: {}, text: "No list." },
    fields: [],
    help: "Choose it again.",
    advice: { key: "refusals.common.chooseItAgain", values: {}, text: "Choose it again." },
    details: null,
  };
  rows = [row({ kind: "import", state: "failed", error })];
  const { baseElement } = show(<JobsIndicator />);
  await open(/1 job has failed/);
  expect(await screen.findByText(/Choose it again\./)).toBeInTheDocument();
  expect(await objections(baseElement)).toEqual([]);
  fireEvent.click(screen.getByRole("button", { name: "Try Import again" }));
  fireEvent.click(screen.getByRole("button", { name: "Remove Import from the list" }));
  await waitFor(() => expect(asked.map(({ operation }) => operation)).toEqual(["jobs.retry_job", "jobs.drop_job"]));
});

it("says when and why a job is tried again by itself", async () => {
  const error: OperationError = {
    code: "clock",
    message: "The clock is wrong.",
    said: { key: "refusals.common.clockWrong", values: {}, text: "The clock is wrong." },
    fields: [],
    help: null,
    advice: null,
    details: null,
  };
  rows = [row({ kind: "purge_faces", state: "waiting", error })];
  show(<JobsIndicator />);
  await open(/Jobs/);
  expect(await screen.findByText(/Tried again/)).toBeInTheDocument();
});

it("opens what a job made", async () => {
  rows = [row({ state: "done", document: { artifact: "cards", fileName: "report-cards Autumn.zip" } })];
  show(<JobsIndicator />);
  await open(/Jobs/);
  fireEvent.click(await screen.findByRole("button", { name: "Open report-cards Autumn.zip" }));
  await waitFor(() => expect(invoke).toHaveBeenCalledWith("open_artifact", { id: "cards" }));
});
