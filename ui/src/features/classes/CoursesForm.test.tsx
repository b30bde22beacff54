import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import type { SubjectRow } from "../../bindings/SubjectRow";
import { show } from "../../test/render";
import { NoneFree } from "./CoursesForm";

const go = vi.fn<(to: { to: string }) => void>();
let mayAdd = true;
vi.mock("@tanstack/react-router", async (real) => ({ ...(await real<object>()), useNavigate: () => go }));
vi.mock("../../session/session", () => ({ useSession: () => ({ may: () => mayAdd }) }));

const taught = [{ id: "m", title: "Mathematics" } as unknown as SubjectRow];

beforeEach(() => {
  mayAdd = true;
});

it("a school without subjects is led to add them, and is not told that all are taught", async () => {
  const leave = vi.fn();
  show(<NoneFree subjects={[]} onLeave={leave} />);
  expect(screen.queryByText(/All subjects/)).toBeNull();
  await userEvent.click(screen.getByRole("button"));
  expect(go).toHaveBeenCalledWith({ to: "/settings/subjects" });
  expect(leave).toHaveBeenCalledOnce();
});

it("a class with every subject is told so, and who may not add subjects is led nowhere", () => {
  mayAdd = false;
  show(<NoneFree subjects={taught} onLeave={vi.fn()} />);
  expect(screen.getByText(/All subjects/)).toBeInTheDocument();
  expect(screen.queryByRole("button")).toBeNull();
});
