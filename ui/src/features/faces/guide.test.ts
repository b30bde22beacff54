import { describe, expect, it } from "vitest";
import { follow, inPose, poses, say, type Held } from "./guide";
import { giverOf } from "./giver";

const good = { looked: true, faults: [], turn: 0 };

describe("say", () => {
  it("waits for the first picture, then names the worst fault, then the pose", () => {
    expect(say({ ...good, looked: false }, 0)).toEqual({ kind: "waiting" });
    expect(say({ ...good, faults: ["too_dark", "blurred"] }, 0)).toEqual({ kind: "fault", place: 0 });
    expect(say(good, 0)).toEqual({ kind: "hold", time: 700 });
    expect(say({ ...good, turn: null }, 1)).toEqual({ kind: "hold", time: 2_500 });
    expect(say(good, 1)).toEqual({ kind: "pose", pose: "left" });
    expect(say(good, poses.length)).toEqual({ kind: "enough" });
  });
  it("calls back a head that is turned too far when it was asked to turn", () => {
    expect(say({ ...good, faults: ["turned_aside"], turn: 50 }, 1)).toEqual({ kind: "back" });
    expect(say({ ...good, faults: ["turned_aside"], turn: 50 }, 0)).toEqual({ kind: "fault", place: 0 });
  });
  it("knows left from right, and takes every good picture where the turn is not known", () => {
    expect([inPose("left", 20), inPose("left", -20), inPose("right", -20), inPose("straight", 20)]).toEqual([
      true,
      false,
      true,
      false,
    ]);
    expect(poses.every((pose) => inPose(pose, null))).toBe(true);
  });
});

describe("follow", () => {
  const run = (steps: readonly (readonly [number, boolean])[]) => {
    let held: Held = { since: null };
    return steps.map(([now, isGood]) => {
      const next = follow(held, isGood ? { kind: "hold", time: 700 } : { kind: "waiting" }, now);
      held = next.held;
      return next.take;
    });
  };
  it("takes a picture after it was good for a while, and then begins anew", () => {
    expect(
      run([
        [0, true],
        [300, true],
        [700, true],
        [800, true],
        [1400, true],
        [1500, true],
      ]),
    ).toEqual([false, false, true, false, false, true]);
  });
  it("begins anew when it was not good in between", () => {
    expect(
      run([
        [0, true],
        [600, false],
        [700, true],
        [1300, true],
        [1400, true],
      ]),
    ).toEqual([false, false, false, false, true]);
  });
});

it("says who agrees as the operation takes it", () => {
  const rest = { givenBy: " Ada ", relationship: " aunt " };
  expect(giverOf({ who: "g1", ...rest })).toEqual({ guardian: "g1" });
  expect(giverOf({ who: "own", ...rest })).toEqual({ own: true });
  expect(giverOf({ who: "other", ...rest })).toEqual({ givenBy: "Ada", relationship: "aunt" });
});
