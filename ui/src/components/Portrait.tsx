// The photograph of a person; where there is none, the first letters of the name.
import classes from "./Portrait.module.css";
import type { Named } from "../names";

const firstOf = (text: string) => [...text.trim()][0] ?? "";

interface PortraitProps {
  person: Named;
  /** A JPEG in base64. */
  jpeg: string | null;
  /** In a list: beside the name, which says already who it is. */
  small?: boolean;
  alt?: string;
}

export function Portrait({ person, jpeg, small = false, alt = "" }: PortraitProps) {
  const shape = small ? classes.small : classes.large;
  if (jpeg === null) {
    const letters = `${firstOf(person.givenName)}${firstOf(person.familyName)}`;
    const look = `${classes.letters} ${shape}`;
    if (alt === "")
      return (
        <span className={look} aria-hidden>
          {letters}
        </span>
      );
    return (
      <span className={look} role="img" aria-label={alt}>
        {letters}
      </span>
    );
  }
  return <img className={`${classes.picture} ${shape}`} src={`data:image/jpeg;base64,${jpeg}`} alt={alt} />;
}
