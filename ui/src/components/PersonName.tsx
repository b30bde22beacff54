// A person's name, in the order of the school's lists: isolated from the direction of what surrounds it,
// cut with an ellipsis, whole on hover.
import { listName, type Named } from "../names";

/** `name` is one that an operation put in the list's order, or a name in another script; `person` is named here. */
type PersonNameProps = ({ person: Named; name?: undefined } | { name: string; person?: undefined }) & {
  bold?: boolean;
};

export function PersonName({ person, name, bold = false }: PersonNameProps) {
  const shown = person === undefined ? name : listName(person);
  return (
    <bdi className="name" dir="auto" title={shown} style={{ display: "block", fontWeight: bold ? 600 : undefined }}>
      {shown}
    </bdi>
  );
}
