import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { cleanup, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { objections, show } from "../../test/render";
import { ExportSection } from "./ExportSection";

afterEach(() => {
  cleanup();
  clearMocks();
});

it("makes a set of the chosen version, saves it and says what is not in it", async () => {
  const asked = vi.fn<(command: string, what: unknown) => void>();
  const left = {
    key: "faults.exchange.leftOut.students",
    values: { count: 3 },
    text: "3 students who have left",
  };
  mockIPC((command, what) => {
    asked(command, what);
    if (command === "call") return { artifact: "a", fileName: "set.zip", files: [], leftOut: [left] };
    if (command === "save_artifact") return "/home/office/set.zip";
    return null;
  });
  const { container } = show(<ExportSection school="s" name="Lakeside" />);
  const user = userEvent.setup();
  expect(await objections(container)).toEqual([]);
  await user.click(screen.getByRole("radio", { name: "1.1" }));
  await user.click(screen.getByRole("button", { name: "Export" }));
  expect(await screen.findByText(/students who have left/)).toBeTruthy();
  const call = asked.mock.calls.find(([command]) => command === "call");
  expect(call?.[1]).toMatchObject({ operation: "exchange.export_oneroster", input: { school: "s", version: "1.1" } });
  expect(asked.mock.calls.some(([command]) => command === "save_artifact")).toBe(true);
});

it("makes a set of what changed since an earlier one", async () => {
  const asked = vi.fn<(command: string, what: unknown) => void>();
  mockIPC((command, what) => {
    asked(command, what);
    if (command === "upload") return "up";
    if (command === "call")
      return { artifact: "a", fileName: "set.zip", files: [{ file: "manifest.csv", rows: 20 }], leftOut: [] };
    return command === "save_artifact" ? "/home/office/set.zip" : null;
  });
  const { container } = show(<ExportSection school="s" name="Lakeside" />);
  const user = userEvent.setup();
  const field = container.querySelector<HTMLInputElement>("input[type=file]");
  await user.upload(field as HTMLInputElement, new File(["PK"], "last week.zip", { type: "application/zip" }));
  expect(await screen.findByText("Since last week.zip")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Export the changes" }));
  expect(await screen.findByText("Nothing has changed since.")).toBeTruthy();
  const call = asked.mock.calls.find(([command]) => command === "call");
  expect(call?.[1]).toMatchObject({ input: { school: "s", version: "1.2", since: "up" } });
  await user.click(screen.getByRole("button", { name: "Export the whole school" }));
  expect(screen.getByRole("button", { name: "Export" })).toBeTruthy();
});
