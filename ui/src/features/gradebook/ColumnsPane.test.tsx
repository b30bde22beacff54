import { fireEvent, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import type { MarkSheet } from "../../bindings/MarkSheet";
import { show } from "../../test/render";
import { ColumnsPane } from "./ColumnsPane";

it("asks before a category is lost that was typed and not added", async () => {
  const close = vi.fn();
  show(
    <ColumnsPane
      sheet={{ course: "c", term: "t", categories: [], assessments: [] } as unknown as MarkSheet}
      onAssessment={vi.fn()}
      onClose={close}
    />,
  );
  await userEvent.type(screen.getByLabelText("New category"), "Homework");
  fireEvent.click(screen.getByRole("button", { name: "Close" }));
  expect(close).not.toHaveBeenCalled();
  fireEvent.click(screen.getByRole("button", { name: "Throw it away" }));
  expect(close).toHaveBeenCalledOnce();
});
