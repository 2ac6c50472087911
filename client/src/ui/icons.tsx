import type { ReactNode, SVGProps } from 'react';

/** Drawn on 24 x 24; they say nothing themselves, the control around them has the name. */
function icon(paths: ReactNode) {
  return function Icon(props: SVGProps<SVGSVGElement>) {
    return (
      <svg
        viewBox="0 0 24 24"
        width="1.25em"
        height="1.25em"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.75"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
        {...props}
      >
        {paths}
      </svg>
    );
  };
}

export const SendIcon = icon(<path d="M12 19V5m-6 6 6-6 6 6" />);
export const StopIcon = icon(<rect x="7" y="7" width="10" height="10" rx="2" fill="currentColor" stroke="none" />);
export const BackIcon = icon(<path d="m14 6-6 6 6 6" />);
export const DownIcon = icon(<path d="m6 10 6 6 6-6" />);
export const CloseIcon = icon(<path d="M6 6l12 12M18 6 6 18" />);
export const RetryIcon = icon(<path d="M20 11a8 8 0 1 0-2.3 6.2M20 5v6h-6" />);
export const CheckIcon = icon(<path d="m5 12.5 4.5 4.5L19 7.5" />);
export const PeopleIcon = icon(
  <>
    <circle cx="9" cy="9" r="3.25" />
    <path d="M3.5 19c.4-3 2.700-4.500 5.500-4.500s5.100 1.500 5.500 4.500M15.500 6.200a3.250 3.250 0 0 1 0 5.600M17.500 14.900c1.700.6 2.700 2 3 4.100" />
  </>,
);
export const SunIcon = icon(
  <>
    <circle cx="12" cy="12" r="4" />
    <path d="M12 3v1.500M12 19.500V21M3 12h1.500M19.500 12H21M5.600 5.600l1.100 1.100M17.300 17.300l1.100 1.100M5.600 18.400l1.100-1.100M17.300 6.700l1.100-1.100" />
  </>,
);
export const MoonIcon = icon(<path d="M19.500 14.500A8 8 0 0 1 9.500 4.500a8 8 0 1 0 10 10Z" />);
export const GlobeIcon = icon(
  <>
    <circle cx="12" cy="12" r="8.500" />
    <path d="M3.500 12h17M12 3.500c2.500 2.400 3.500 5.300 3.500 8.500s-1 6.100-3.500 8.500c-2.500-2.400-3.500-5.300-3.500-8.500s1-6.100 3.500-8.500Z" />
  </>,
);
export const SoundIcon = icon(
  <path d="M4 9.500v5h3.500l4.500 4v-13l-4.500 4ZM15.500 9a4.250 4.250 0 0 1 0 6M18 6.500a7.750 7.750 0 0 1 0 11" />,
);
export const SoundOffIcon = icon(
  <path d="M4 9.500v5h3.500l4.500 4v-13l-4.500 4ZM15.500 9.500l5 5M20.500 9.500l-5 5" />,
);
export const LockIcon = icon(
  <>
    <rect x="5.500" y="10.500" width="13" height="9" rx="2.500" />
    <path d="M8.500 10.500V8a3.500 3.500 0 0 1 7 0v2.500" />
  </>,
);
