import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { fireEvent, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { objections, show } from "../../test/render";
import { StaffAccount } from "./StaffAccount";

afterEach(() => clearMocks());

it("makes an account from the staff record: the name is proposed, the password stays until it was handed over", async () => {
  const made = vi.fn();
  mockIPC((_, payload) => {
    const { operation, input } = payload as { operation: string; input: unknown };
    if (operation === "accounts.staff_account") return { user: null, username: null, proposed: "a.lee" };
    made(input);
    return { user: { id: "u9", username: "a.lee" }, password: "river-stone-42" };
  });
  const close = vi.fn();
  show(<StaffAccount staff="p1" name="Ann Lee" onClose={close} />);
  expect(await screen.findByDisplayValue("a.lee")).toBeInTheDocument();
  expect(await objections(document.body)).toEqual([]);
  await userEvent.click(screen.getByRole("button", { name: "Make the account" }));
  expect(made).toHaveBeenCalledWith({ staff: "p1", username: "a.lee", role: "teacher" });
  expect(await screen.findByDisplayValue("river-stone-42")).toBeInTheDocument();
  // It is shown once: nothing but the button that says so closes over it.
  expect(screen.queryByRole("button", { name: "Close" })).toBeNull();
  fireEvent.keyDown(document.activeElement ?? document.body, { key: "Escape" });
  expect(close).not.toHaveBeenCalled();
  expect(await objections(document.body)).toEqual([]);
  await userEvent.click(screen.getByRole("button", { name: "Done" }));
  expect(close).toHaveBeenCalledOnce();
});
