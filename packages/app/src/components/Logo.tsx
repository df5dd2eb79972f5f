/** A key inside a clock that has run for three quarters. */
export const Logo = ({ size }: { size: number }) => (
  <svg width={size} height={size} viewBox="0 0 48 48" aria-hidden="true">
    <circle
      cx="24"
      cy="24"
      r="20"
      fill="none"
      stroke="#2dd4bf"
      strokeOpacity="0.3"
      strokeWidth="5"
    />
    <path
      d="M24 4a20 20 0 1 1-20 20"
      fill="none"
      stroke="#2dd4bf"
      strokeWidth="5"
      strokeLinecap="round"
    />
    <circle
      cx="19"
      cy="24"
      r="5"
      fill="none"
      stroke="currentColor"
      strokeWidth="4"
    />
    <path
      d="M24 24h11v5M30 24v4"
      fill="none"
      stroke="currentColor"
      strokeWidth="4"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  </svg>
);
