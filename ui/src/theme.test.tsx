import { CloseButton, MultiSelect, Select } from "@mantine/core";
import { fireEvent, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { Dialog } from "./components/Dialog";
import { objections, show } from "./test/render";

const people = ["Müller, José", "Smith, Ann"];

describe("the window's own parts", () => {
  it("find a name in a list however it is typed", async () => {
    show(
      <>
        <Select label="One" searchable data={people} />
        <MultiSelect label="Many" searchable data={people} />
      </>,
    );
    for (const label of ["One", "Many"]) {
      const field = screen.getByRole("combobox", { name: label });
      await userEvent.click(field);
      await userEvent.type(field, "jose mull");
      expect(screen.getAllByRole("option", { name: "Müller, José" })).toHaveLength(1);
      expect(screen.queryByRole("option", { name: "Smith, Ann" })).toBeNull();
      fireEvent.keyDown(field, { key: "Escape" });
      fireEvent.blur(field);
    }
  });

  it("name every cross for who cannot see it", async () => {
    show(
      <>
        <CloseButton />
        <Dialog title="A form" onClose={vi.fn()}>
          Text
        </Dialog>
      </>,
    );
    expect(screen.getAllByRole("button", { name: "Close", hidden: true })).toHaveLength(2);
    expect(await objections(document.body)).toEqual([]);
  });
});
