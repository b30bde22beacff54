import { expect, it } from "vitest";
import { askedPlaces, sameGroup } from "./paper";

it("asks for two different groups, in their order", () => {
  for (let step = 0; step < 100; step += 1) {
    const values = [step / 100, ((step * 7) % 100) / 100];
    const [one, other] = askedPlaces(14, () => values.pop() ?? 0);
    expect(one).toBeLessThan(other);
    expect(one).toBeGreaterThanOrEqual(0);
    expect(other).toBeLessThan(14);
  }
});

it("reads a group as people write it", () => {
  expect(sameGroup(" a1b 0c", "A1B0C")).toBe(true);
  expect(sameGroup("aLbOc", "A1B0C")).toBe(true);
  expect(sameGroup("A1B0D", "A1B0C")).toBe(false);
});
