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
  it("returns the sentence when an error belongs to no field of the form", () => {
    expect(showFieldErrors(form(), new OperationError("invalid", "number: Taken.", { number: "Taken." }))).toBe(
      "number: Taken.",
    );
    expect(showFieldErrors(form(), new OperationError("forbidden", "No."))).toMatch(/Your role/);
  });
});
