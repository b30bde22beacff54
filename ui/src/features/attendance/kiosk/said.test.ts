import { describe, expect, it } from "vitest";
import type { CameraStatus } from "../../../bindings/CameraStatus";
import type { GreetingKind } from "../../../bindings/GreetingKind";
import type { KioskPrompt } from "../../../bindings/KioskPrompt";
import { t } from "../../../i18n";
import { kioskState } from "../../../test/live";
import { saidAtDoor } from "./said";

const greeting = (kind: GreetingKind, minutesLate: number | null = null) => ({
  number: 1,
  name: "Ann Lee",
  kind,
  minutesLate,
});
const problem = {
  code: "database" as const,
  message: "The database does not answer.",
  said: { key: "refusals.test", values: {}, text: "The database does not answer." },
  fields: [],
  help: "Look whether the disk is full.",
  advice: { key: "refusals.test", values: {}, text: "Look whether the disk is full." },
  details: null,
};

describe("what the screen at the door says", () => {
  it.each<[KioskPrompt, string, string, string]>([
    ["welcome", "neutral", "look", "Welcome"],
    ["come_nearer", "neutral", "nearer", "Come nearer"],
    ["hold_still", "neutral", "still", "One moment"],
    ["move_head", "neutral", "move", "Move your head a little"],
    ["look_straight", "neutral", "straight", "Look straight at the camera"],
    ["turn_left", "neutral", "left", "Turn your head to the left"],
    ["turn_right", "neutral", "right", "Turn your head to the right"],
    ["try_again", "attention", "straight", "Let us try again"],
    ["looks_flat", "attention", "office", "Please go to the office"],
    ["go_to_office", "attention", "office", "Please go to the office"],
  ])("at %s: one sentence, its drawing, and no name", (prompt, tone, sign, headline) => {
    const said = saidAtDoor(kioskState({ prompt }), null, t);
    expect(said).toMatchObject({ tone, sign, headline });
    expect(said.text).not.toBe("");
    expect(said).not.toHaveProperty("name");
  });

  it("says why a face is sent to the office", () => {
    expect(saidAtDoor(kioskState({ prompt: "looks_flat" }), null, t).text).toBe("The camera takes this for a picture.");
    expect(saidAtDoor(kioskState({ prompt: "go_to_office" }), null, t).text).toBe(
      "The camera is not sure who you are.",
    );
  });

  it.each<[GreetingKind, number | null, string, string, string, string]>([
    ["present", null, "good", "here", "Welcome", "You are marked present."],
    ["late", 1, "attention", "late", "Welcome", "You are 1 minute late."],
    ["late", 12, "attention", "late", "Welcome", "You are 12 minutes late."],
    ["late", null, "attention", "late", "Welcome", "You are marked late."],
    ["already_here", null, "good", "here", "Already here", "You were marked before."],
    [
      "see_office",
      null,
      "attention",
      "office",
      "Please go to the office",
      "The register says something else about you.",
    ],
  ])("greets with the name: %s, %s minutes", (kind, minutes, tone, sign, headline, text) => {
    expect(saidAtDoor(kioskState({ greeting: greeting(kind, minutes) }), null, t)).toEqual({
      tone,
      sign,
      headline,
      name: "Ann Lee",
      text,
    });
  });

  it("counts the turns only while they are asked for", () => {
    expect(saidAtDoor(kioskState({ prompt: "turn_left", turns: [1, 5] }), null, t).turns).toEqual([1, 5]);
    expect(saidAtDoor(kioskState({ prompt: "turn_left" }), null, t)).not.toHaveProperty("turns");
    expect(saidAtDoor(kioskState({ greeting: greeting("present"), turns: [5, 5] }), null, t)).not.toHaveProperty(
      "turns",
    );
  });

  it.each<[CameraStatus, string]>([
    [
      { state: "retrying", problem: "unplugged", waitMs: 1500 },
      "There is no picture here. The camera was unplugged. Plug it in again. Trying again in 2 s.",
    ],
    [{ state: "lost", problem: "not_found" }, "There is no picture here. There is no such camera, folder or file."],
    [{ state: "ended" }, "There is no picture here. All pictures were shown"],
  ])("sends to the office and says why while there is no picture: %o", (status, text) => {
    expect(saidAtDoor(kioskState({ prompt: "turn_left", turns: [1, 5] }, {}, status), null, t)).toEqual({
      tone: "wrong",
      sign: "camera",
      headline: "Please go to the office",
      text,
    });
  });

  it("waits for a camera that is starting, and says when the picture cannot be shown or nothing can be written", () => {
    expect(saidAtDoor(kioskState({}, {}, { state: "connecting" }), null, t)).toMatchObject({
      tone: "neutral",
      sign: "camera",
      headline: "One moment",
    });
    expect(saidAtDoor(kioskState({}, { cameras: [] }), null, t)).toMatchObject({
      tone: "wrong",
      sign: "camera",
      headline: "Please go to the office",
    });
    expect(saidAtDoor(kioskState(), { ...problem, code: "internal" }, t)).toMatchObject({
      tone: "wrong",
      sign: "camera",
    });
    expect(saidAtDoor(kioskState({}, { problem }), null, t)).toMatchObject({
      tone: "wrong",
      sign: "office",
      headline: "Please go to the office",
      text: expect.stringContaining("Look whether the disk is full.") as string,
    });
  });

  it("says one thing at a time: a greeting first, then the camera, then what cannot be written, then what is asked", () => {
    const lost: CameraStatus = { state: "lost", problem: "busy" };
    expect(saidAtDoor(kioskState({ greeting: greeting("present") }, { problem }, lost), null, t).name).toBe("Ann Lee");
    expect(saidAtDoor(kioskState({ prompt: "turn_left" }, { problem }, lost), null, t).sign).toBe("camera");
    expect(saidAtDoor(kioskState({ prompt: "turn_left" }, { problem }), null, t).sign).toBe("office");
  });
});
