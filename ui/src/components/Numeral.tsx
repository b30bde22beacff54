// A figure as it is shown: from left to right also inside a right-to-left screen, so that `68.1 %`
// never becomes `% 68.1`, with digits that stand under each other.
import type { ReactNode } from "react";

export function Numeral({ children }: { children: ReactNode }) {
  return (
    <bdi dir="ltr" className="figures">
      {children}
    </bdi>
  );
}
