// A chart drawn by Rust, the same as on paper. What it shows is said in words for who cannot see it.
import { useLayoutEffect, useMemo, useRef } from "react";
import { safeSvg } from "./svg";

export function SvgChart({ svg, description }: { svg: string; description: string }) {
  const host = useRef<HTMLDivElement>(null);
  const drawing = useMemo(() => safeSvg(svg), [svg]);
  useLayoutEffect(() => {
    if (drawing === null) return;
    drawing.setAttribute("width", "100%");
    drawing.removeAttribute("height");
    drawing.setAttribute("aria-hidden", "true");
    drawing.style.display = "block";
    host.current?.replaceChildren(document.importNode(drawing, true));
  }, [drawing]);
  return <div role="img" aria-label={description} ref={host} dir="ltr" />;
}
