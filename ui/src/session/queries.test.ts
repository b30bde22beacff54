import { afterEach, expect, it } from "vitest";
import { OperationError } from "../bridge";
import { queries } from "./queries";

afterEach(() => queries.clear());

it.each([
  ["not_found", undefined],
  ["forbidden", undefined],
  ["unreachable", "Ann Lee, active"],
])("what was shown before %s came stays as %s", async (code, shown) => {
  const queryKey = ["students", code];
  queries.setQueryData(queryKey, "Ann Lee, active");
  await queries
    .fetchQuery({ queryKey, staleTime: 0, retry: false, queryFn: () => Promise.reject(new OperationError(code, code)) })
    .catch(() => undefined);
  expect(queries.getQueryData(queryKey)).toBe(shown);
});
