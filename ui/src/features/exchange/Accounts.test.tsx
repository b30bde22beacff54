import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { objections, show } from "../../test/render";
import { Accounts } from "./Accounts";

afterEach(clearMocks);

it("hands the passwords out, to be saved or printed", async () => {
  const commands = vi.fn<(command: string) => void>();
  mockIPC((command) => {
    commands(command);
    return null;
  });
  const { container } = show(<Accounts made={{ artifact: "a", fileName: "one-time passwords.csv", rows: 36 }} />);
  expect(screen.getByText("36 accounts were made: hand out their passwords now")).toBeInTheDocument();
  expect(await objections(container)).toEqual([]);
  await userEvent.click(screen.getByRole("button", { name: "Save the list" }));
  await waitFor(() => expect(commands).toHaveBeenCalledWith("save_artifact"));
  await userEvent.click(screen.getByRole("button", { name: "Open it to print" }));
  await waitFor(() => expect(commands).toHaveBeenCalledWith("open_artifact"));
});
