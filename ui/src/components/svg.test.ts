import { describe, expect, it } from "vitest";
import { safeSvg } from "./svg";

const wrap = (inner: string) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">${inner}</svg>`;

describe("safeSvg", () => {
  it("keeps shapes, text and references to the drawing's own parts", () => {
    const svg = safeSvg(wrap('<rect x="1" fill="#123456" clip-path="url(#a)"/><text direction="rtl">ليلى</text>'));
    expect(svg?.querySelector("rect")?.getAttribute("clip-path")).toBe("url(#a)");
    expect(svg?.querySelector("text")?.textContent).toBe("ليلى");
    expect(svg?.getAttribute("viewBox")).toBe("0 0 10 10");
  });
  it.each([
    "<script>alert(1)</script>",
    "<foreignObject><p/></foreignObject>",
    '<image href="https://a.example/x.png"/>',
    "<style>*{}</style>",
    '<a href="#x"><rect/></a>',
  ])("removes %s", (inner) => expect(safeSvg(wrap(inner))?.children).toHaveLength(0));
  it("removes handlers and foreign addresses", () => {
    const rect = safeSvg(wrap('<rect onload="alert(1)" fill="url(https://a.example/x)" style="x"/>'))?.querySelector(
      "rect",
    );
    expect(rect?.attributes).toHaveLength(0);
  });
  it("refuses what is no drawing", () => {
    expect(safeSvg("<html/>")).toBeNull();
    expect(safeSvg("<svg")).toBeNull();
  });
});
