// The sign of the product, the same drawing as `icons/icon.svg`: a house, and in it everybody is accounted for.
export function Logo({ size = "1.5rem" }: { /** In rem: it grows with the text. */ size?: string }) {
  return (
    <svg width={size} height={size} viewBox="64 64 896 896" aria-hidden focusable="false">
      <rect x="64" y="64" width="896" height="896" rx="208" fill="#1f5fbf" />
      <path d="M512 236 232 452v324a28 28 0 0 0 28 28h504a28 28 0 0 0 28-28V452z" fill="#fff" />
      <path
        d="m372 566 98 98 190-190"
        fill="none"
        stroke="#1f5fbf"
        strokeWidth="76"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <path d="M512 236 196 480M512 236l316 244" fill="none" stroke="#fff" strokeWidth="64" strokeLinecap="round" />
    </svg>
  );
}
