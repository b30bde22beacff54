import { describe, expect, it } from "vitest";
import { shareRoom } from "./room";
import { sizes } from "./types";

const columns = [
  { id: "a", title: "A" },
  { id: "b", title: "B", width: 100 },
];
const total = ({ name, columns: shared }: ReturnType<typeof shareRoom>) =>
  name + shared.reduce((sum, { width = sizes.column }) => sum + width, 0);

describe("shareRoom", () => {
  it("leaves columns as they are where there is no room to spare, or none known", () => {
    expect(shareRoom(columns, 136, 0)).toEqual({ name: sizes.name, columns });
  });
  it("gives names a third where there is little room, so that columns are seen too", () => {
    expect(shareRoom(columns, 136, 450)).toEqual({ name: 150, columns });
    expect(shareRoom(columns, 136, 300)).toEqual({ name: 130, columns });
  });
  it("fills the room, and never more than it", () => {
    const shared = shareRoom(columns, 136, 600);
    expect(total(shared) + 136).toBeLessThanOrEqual(600);
    expect(total(shared) + 136).toBeGreaterThan(600 - columns.length - 1);
  });
  it("stops growing: marks far apart are hard to read along a row", () => {
    const shared = shareRoom(columns, 136, 4000);
    expect(shared.name).toBe(320);
    expect(shared.columns.map(({ width }) => width)).toEqual([126, 175]);
  });
});
