import { screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { objections, show } from "../test/render";
import { ErrorState } from "./states";

describe("what a screen says that has nothing to show", () => {
  it("calls what was deleted, or undone, gone: nothing failed and there is nothing to try again", async () => {
    const { container } = show(<ErrorState error={{ code: "not_found", message: "" }} onRetry={vi.fn()} />);
    expect(screen.getByRole("heading", { name: "This is not here any more" })).toBeInTheDocument();
    expect(screen.queryByRole("alert")).toBeNull();
    expect(screen.queryByRole("button")).toBeNull();
    expect(await objections(container)).toEqual([]);
  });

  it("says once what a role does not allow, which no second try changes", () => {
    const help = "Ask an administrator of your school if you need it.";
    show(<ErrorState error={{ code: "forbidden", message: "", help }} onRetry={vi.fn()} />);
    expect(screen.getAllByText(new RegExp(help))).toHaveLength(1);
    expect(screen.queryByRole("button")).toBeNull();
    expect(screen.queryByText(/What you typed/)).toBeNull();
  });

  it("says of everything else that it failed, and tries again", () => {
    const again = vi.fn();
    show(<ErrorState error={{ code: "database", message: "The database did not answer." }} onRetry={again} />);
    expect(screen.getByRole("alert")).toBeInTheDocument();
    screen.getByRole("button").click();
    expect(again).toHaveBeenCalledOnce();
  });
});
