import { describe, expect, it, vi } from "vitest";
import { OperationError } from "../bridge";
import { showFieldErrors } from "./form";

const form = () => ({ values: { name: "", terms: [] }, setErrors: vi.fn() });

describe("showFieldErrors", () => {
  it("puts each error beside its field, nested ones too, and says nothing more", () => {
    const to = form();
    expect(
      showFieldErrors(to, new OperationError("invalid", "x", { name: "This is needed.", "terms.1.end": "Too early." })),
    ).toBeNull();
    expect(to.setErrors).toHaveBeenCalledWith({ name: "This is needed.", "terms.1.end": "Too early." });
  });
  it("says beside the one field also what to do, and under the sentence where no field of the form is meant", () => {
    const to = form();
    const refused = (field: string) =>
      new OperationError("invalid", "Two homerooms.", { [field]: "Two homerooms." }, "Move.");
    expect(showFieldErrors(to, refused("name"))).toBeNull();
    expect(to.setErrors).toHaveBeenCalledWith({ name: "Two homerooms. Move." });
    expect(showFieldErrors(form(), refused("students"))).toBe("Two homerooms. Move.");
  });
  it("returns the sentence when an error belongs to no field of the form", () => {
    expect(showFieldErrors(form(), new OperationError("invalid", "number: Taken.", { number: "Taken." }))).toBe(
      "number: Taken.",
    );
    expect(showFieldErrors(form(), new OperationError("forbidden", "No."))).toMatch(/Your role/);
  });
});
