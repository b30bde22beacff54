import { act, fireEvent, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { objections, show } from "../test/render";
import { askBeforeLeaving, asksBeforeLeaving, useLeaving } from "./leaving";

vi.mock("@tanstack/react-router", () => ({ useBlocker: () => ({ status: "idle" }) }));

function Screen({ loses }: { loses: boolean }) {
  return (
    <>
      {useLeaving(
        loses ? { title: "Leave the import?", text: "The answers are lost.", leave: "Leave", stay: "Stay" } : null,
      )}
    </>
  );
}

it("leaves without a question where nothing would be lost", () => {
  const go = vi.fn();
  show(<Screen loses={false} />);
  expect(asksBeforeLeaving()).toBe(false);
  askBeforeLeaving(go);
  expect(go).toHaveBeenCalledOnce();
});

it("asks the person once before something is lost, and leaves only with the answer", async () => {
  const go = vi.fn();
  const { unmount } = show(<Screen loses />);
  expect(asksBeforeLeaving()).toBe(true);
  const leave = () => act(() => askBeforeLeaving(go));
  leave();
  expect(await screen.findByText("The answers are lost.")).toBeInTheDocument();
  expect(await objections(document.body)).toEqual([]);
  fireEvent.click(screen.getByRole("button", { name: "Stay" }));
  expect(screen.queryByText("The answers are lost.")).toBeNull();
  expect(go).not.toHaveBeenCalled();
  leave();
  fireEvent.click(await screen.findByRole("button", { name: "Leave" }));
  expect(go).toHaveBeenCalledOnce();
  unmount();
  expect(asksBeforeLeaving()).toBe(false);
});
