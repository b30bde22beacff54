import { expect, it } from "vitest";

it("has every icon grow with the text", () => {
  const sources = import.meta.glob<string>("./{features,components,session,frame}/**/*.tsx", {
    eager: true,
    query: "?raw",
    import: "default",
  });
  const drawn = Object.entries(sources).flatMap(([file, text]) =>
    [...text.matchAll(/<Icon[A-Z]\w*(?:\s[^>]*)?\/>/g)].map(([icon]) => `${file}: ${icon}`),
  );
  expect(drawn.length).toBeGreaterThan(80);
  expect(drawn.filter((icon) => !/ size="[\d.]+rem"/.test(icon))).toEqual([]);
});
