// A person's name: isolated from the direction of what surrounds it, cut with an ellipsis, whole on hover.
export function PersonName({ name, bold = false }: { name: string; bold?: boolean }) {
  return <bdi className="name" dir="auto" title={name} style={{ display: "block", fontWeight: bold ? 600 : undefined }}>{name}</bdi>;
}
