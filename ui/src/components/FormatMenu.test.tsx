import { Button } from "@mantine/core";
import { cleanup, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { objections, show } from "../test/render";
import { FormatMenu } from "./FormatMenu";

afterEach(cleanup);

it("lets a person choose between a workbook and CSV", async () => {
  const chosen = vi.fn();
  const { container } = show(
    <FormatMenu onChoose={chosen}>
      <Button>Export</Button>
    </FormatMenu>,
  );
  const user = userEvent.setup();
  for (const [name, format] of [
    ["Excel workbook (.xlsx)", "xlsx"],
    ["Text (.csv)", "csv"],
  ] as const) {
    await user.click(screen.getByRole("button", { name: "Export" }));
    await user.click(await screen.findByRole("menuitem", { name, hidden: true }));
    expect(chosen).toHaveBeenLastCalledWith(format);
  }
  expect(await objections(container)).toEqual([]);
});
