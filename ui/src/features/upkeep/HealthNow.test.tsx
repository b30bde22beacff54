import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it } from "vitest";
import type { Health } from "../../bindings/Health";
import { objections, show } from "../../test/render";
import { HealthNow } from "./HealthNow";

const found: Health = {
  version: "1.0.0",
  clock: null,
  database: { kind: "file", place: "/home/school/homeroom.db", way: null, latency: 0.42, bytes: 3 << 20 },
  dataFolder: "/home/school",
  disk: { free: 150, total: 4_096 },
  memory: { free: 900, total: 2_048, own: 120 },
  backups: { folder: "/home/school/backups", newest: null, beforeUpdate: "2026-11-01T08:00:00Z" },
  limits: { roomNeeded: 200, roomComfortable: 2_048, backupOldDays: 7 },
};

const answer = (updates: boolean, newer: unknown = null) =>
  mockIPC((command) => (command === "call" ? found : command === "can_update" ? updates : newer));
afterEach(() => clearMocks());

it("shows the health of the installation, and calls the copy from before an update no backup", async () => {
  answer(false);
  const { container } = show(<HealthNow />);
  expect(await screen.findByText("There is none.")).toBeInTheDocument();
  expect(screen.getByText(/is no backup: nothing that came later is in it/)).toBeInTheDocument();
  for (const text of ["/home/school/homeroom.db", "0.4 ms", "150 MiB free of 4 GiB"])
    expect(container.textContent).toContain(text);
  expect(await screen.findByText(/This copy does not update itself/)).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Look for a newer version" })).toBeNull();
  expect(await objections(container)).toEqual([]);
});

it("looks for a newer version where the copy can, and only when asked to", async () => {
  answer(true, { version: "1.1.0", notes: null });
  show(<HealthNow />);
  const look = await screen.findByRole("button", { name: "Look for a newer version" });
  expect(screen.queryByText(/Version 1\.1\.0/)).toBeNull();
  await userEvent.click(look);
  expect(await screen.findByText(/Version 1\.1\.0 is there/)).toBeInTheDocument();
});
