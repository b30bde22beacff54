// The sign of the product: a door into a room.
export function Logo({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden focusable="false">
      <rect width="24" height="24" rx="5" fill="#1f5fbf" />
      <path d="M7 19V6.5A1.5 1.5 0 0 1 8.5 5h7A1.5 1.5 0 0 1 17 6.5V19" fill="none" stroke="#fff" strokeWidth="1.8" strokeLinecap="round" />
      <path d="M5 19h14" stroke="#fff" strokeWidth="1.8" strokeLinecap="round" />
      <circle cx="14" cy="12.5" r="1.1" fill="#fff" />
    </svg>
  );
}
