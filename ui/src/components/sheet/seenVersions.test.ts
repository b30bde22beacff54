import { describe, expect, it } from "vitest";
import { SeenVersions } from "./seenVersions";

function shown(version: number): SeenVersions {
  const versions = new SeenVersions();
  versions.show([["a", version]], 0);
  return versions;
}

describe("SeenVersions", () => {
  it("sends the version that was on the screen when typing began", () => {
    const versions = shown(3);
    versions.begin("a");
    versions.show([["a", 4]], 1); // Somebody else saved while this edit waited.
    expect(versions.of("a")).toBe(3);
  });

  it("goes on from its own save", () => {
    const versions = shown(3);
    versions.begin("a");
    versions.saved("a", 4, true, 1);
    expect(versions.of("a")).toBe(4);
    versions.saved("a", 5, false, 2);
    versions.show([["a", 9]], 3);
    versions.begin("a");
    expect(versions.of("a")).toBe(9);
  });

  it("does not take a stale answer for the newest", () => {
    const versions = shown(3);
    versions.begin("a");
    versions.saved("a", 4, false, 10);
    versions.show([["a", 3]], 9);
    expect(versions.of("a")).toBe(4);
  });

  it("lets what was typed after a conflict was shown replace the other's, and nothing before", () => {
    const versions = shown(3);
    versions.begin("a");
    versions.conflict("a", 7, true, 1);
    expect(versions.of("a")).toBe(3);
    versions.conflict("a", 7, false, 2);
    versions.begin("a");
    expect(versions.of("a")).toBe(7);
  });

  it("knows cells that never held anything, and such that are gone", () => {
    const versions = shown(3);
    versions.begin("b");
    expect(versions.of("b")).toBeUndefined();
    versions.show([], 1);
    expect(versions.of("a")).toBeUndefined();
  });
});
