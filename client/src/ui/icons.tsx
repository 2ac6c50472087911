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
export const SettingsIcon = icon(
  <>
    <path d="M4 7.500h9M18 7.500h2M4 16.500h2M11 16.500h9" />
    <circle cx="15.500" cy="7.500" r="2.250" />
    <circle cx="8.500" cy="16.500" r="2.250" />
  </>,
);
export const CameraIcon = icon(
  <>
    <path d="M4.500 8h3l1.500-2.500h6L16.500 8h3A1.500 1.500 0 0 1 21 9.500v8a1.500 1.500 0 0 1-1.500 1.500h-15A1.500 1.500 0 0 1 3 17.500v-8A1.500 1.500 0 0 1 4.500 8Z" />
    <circle cx="12" cy="13" r="3.250" />
  </>,
);
export const PlusIcon = icon(<path d="M12 5v14M5 12h14" />);
export const PencilIcon = icon(<path d="M4.500 19.500l1-4L16 5l3 3L8.500 18.500ZM14 7l3 3" />);
export const TrashIcon = icon(
  <path d="M5 7h14M10 7V5h4v2M7 7l.8 11.200a1.300 1.300 0 0 0 1.300 1.300h5.800a1.300 1.300 0 0 0 1.300-1.300L17 7M10.500 11v5M13.500 11v5" />,
);
export const CopyIcon = icon(
  <>
    <rect x="8.500" y="8.500" width="11" height="11" rx="2.500" />
    <path d="M5.500 15.500h-.25A1.250 1.250 0 0 1 4 14.250v-8A2.250 2.250 0 0 1 6.250 4h8a1.250 1.250 0 0 1 1.250 1.250v.25" />
  </>,
);
export const UploadIcon = icon(
  <path d="M12 15.500v-11m-4.500 4.500L12 4.500 16.500 9M4.500 15v2.500a2 2 0 0 0 2 2h11a2 2 0 0 0 2-2V15" />,
);
export const WarnIcon = icon(<path d="M12 4.500 3.500 19h17ZM12 10v4M12 16.500v.1" />);
export const PhoneIcon = icon(
  <>
    <rect x="7.500" y="3.500" width="9" height="17" rx="2.250" />
    <path d="M11 17.750h2" />
  </>,
);
export const LiveIcon = icon(
  <>
    <circle cx="12" cy="12" r="2.250" fill="currentColor" />
    <path d="M8 16a5.650 5.650 0 0 1 0-8M16 8a5.650 5.650 0 0 1 0 8M5.200 18.800a9.600 9.600 0 0 1 0-13.600M18.800 5.200a9.600 9.600 0 0 1 0 13.600" />
  </>,
);
