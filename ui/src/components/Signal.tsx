// One of the three signals, always with a letter or sign: nobody has to see the colour.
import classes from "./Signal.module.css";

export type Tone = "good" | "attention" | "wrong" | "neutral";

const signs: Record<Tone, string> = { good: "✓", attention: "!", wrong: "✕", neutral: "–" };

export function Signal({ tone, sign, children }: { tone: Tone; sign?: string; children?: React.ReactNode }) {
  return (
    <span className={classes.signal} data-tone={tone}>
      <span className={classes.sign} aria-hidden={children !== undefined}>
        {sign ?? signs[tone]}
      </span>
      {children !== undefined && <bdi>{children}</bdi>}
    </span>
  );
}
