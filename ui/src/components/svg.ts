// Makes a drawing from Rust safe to put into the page: known elements and attributes only, so that
// no name or label that found its way into a chart can run or fetch anything.

const elements = new Set([
  "svg",
  "g",
  "defs",
  "title",
  "desc",
  "path",
  "rect",
  "circle",
  "ellipse",
  "line",
  "polyline",
  "polygon",
  "text",
  "tspan",
  "clippath",
  "lineargradient",
  "radialgradient",
  "stop",
  "marker",
  "pattern",
]);
const attributes = new Set([
  "xmlns",
  "viewbox",
  "width",
  "height",
  "x",
  "y",
  "x1",
  "y1",
  "x2",
  "y2",
  "cx",
  "cy",
  "r",
  "rx",
  "ry",
  "d",
  "points",
  "dx",
  "dy",
  "transform",
  "fill",
  "fill-opacity",
  "fill-rule",
  "stroke",
  "stroke-width",
  "stroke-opacity",
  "stroke-dasharray",
  "stroke-linecap",
  "stroke-linejoin",
  "opacity",
  "font-family",
  "font-size",
  "font-weight",
  "font-style",
  "text-anchor",
  "dominant-baseline",
  "direction",
  "unicode-bidi",
  "id",
  "class",
  "clip-path",
  "offset",
  "stop-color",
  "stop-opacity",
  "role",
  "aria-label",
  "aria-hidden",
  "preserveaspectratio",
  "gradientunits",
  "gradienttransform",
  "patternunits",
  "markerwidth",
  "markerheight",
  "refx",
  "refy",
  "orient",
  "lang",
  "xml:lang",
  "letter-spacing",
  "font-variant-numeric",
]);
/** A value may name a part of the drawing itself, nothing else: `url(#clip)`, never an address. */
const foreign = /url\(\s*['"]?(?!#)|javascript:|data:|https?:(?!\/\/www\.w3\.org\/)/i;

/** The drawing's root element, or null where the text is no SVG. */
export function safeSvg(text: string): SVGSVGElement | null {
  const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
  const root = parsed.documentElement;
  if (root.localName !== "svg" || parsed.querySelector("parsererror") !== null) return null;
  clean(root);
  return root as unknown as SVGSVGElement;
}

function clean(element: Element): void {
  for (const { name, value } of [...element.attributes]) {
    if (!attributes.has(name.toLowerCase()) || foreign.test(value)) element.removeAttribute(name);
  }
  for (const child of [...element.children]) {
    if (elements.has(child.localName.toLowerCase())) clean(child);
    else child.remove();
  }
}
