import { describe, expect, it } from "vitest";
import { blockOf, readBlock, spread, writeBlock } from "./block";

describe("readBlock", () => {
  it.each<[string, string[][]]>([
    ["12", [["12"]]],
    [
      "1\t2\n3\t4\n",
      [
        ["1", "2"],
        ["3", "4"],
      ],
    ],
    ["1\r\n2\r\n", [["1"], ["2"]]],
    ["1\n\n3\n", [["1"], [""], ["3"]]],
    ["\t2", [["", "2"]]],
    ["1\t", [["1", ""]]],
    ['"a\tb"\t"say ""x"""\n5', [["a\tb", 'say "x"'], ["5"]]],
    ['"open\t5', [['"open', "5"]]],
    ["", [[""]]],
  ])("reads %j", (text, expected) => expect(readBlock(text)).toEqual(expected));

  it("reads back what it writes", () => {
    const cells = [
      ["12,5", 'a"b', ""],
      ["x\ny", "\t", "ليلى"],
    ];
    expect(readBlock(writeBlock(cells))).toEqual(cells);
  });
});

describe("spread", () => {
  const one = blockOf({ row: 0, column: 0 }, { row: 0, column: 0 });
  it("fills a selection with one cell", () => {
    expect(spread([["7"]], blockOf({ row: 0, column: 0 }, { row: 2, column: 1 }), 9, 9).places).toHaveLength(6);
  });
  it("repeats a column in a selection twice as high", () => {
    const { places } = spread([["1"], ["2"]], blockOf({ row: 0, column: 0 }, { row: 3, column: 0 }), 9, 9);
    expect(places.map(({ text }) => text)).toEqual(["1", "2", "1", "2"]);
  });
  it("counts what does not fit", () => {
    const { places, overflow } = spread(
      [
        ["1", "2"],
        ["3", "4"],
        ["5", "6"],
      ],
      one,
      2,
      1,
    );
    expect(places.map(({ text }) => text)).toEqual(["1", "3"]);
    expect(overflow).toBe(4);
  });
  it("leaves cells alone that a ragged row does not reach", () => {
    expect(spread([["1", "2"], ["3"]], one, 9, 9).places).toHaveLength(3);
  });
});
