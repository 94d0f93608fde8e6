import type { SVGProps } from 'react';

/** One drawing hand for all icons: 16 px box, line 1.6, round ends. */
const paths = {
  list: 'M2 4h12M2 8h12M2 12h7',
  parcel: 'M2 5l6-3 6 3v6l-6 3-6-3zM2 5l6 3 6-3M8 8v6',
  pulse: 'M2 8h3l2-5 3 10 2-5h2',
  check: 'M3 8.5l3.2 3L13 4.5',
  bars: 'M3 13V8M8 13V3M13 13V6',
  table: 'M3 3h10v10H3zM3 7h10M7 7v6',
  sliders: 'M3 4h7M12 4h1M3 8h2M7 8h6M3 12h6M11 12h2',
  page: 'M4 2h6l3 3v9H4zM10 2v3h3',
  receipt: 'M4 2h8v12l-2-1.3L8 14l-2-1.3L4 14zM6.5 6h3M6.5 9h3',
  card: 'M2 4h12v8.5H2zM2 7h12',
  warehouse: 'M2 13.5V6l6-3.5L14 6v7.5M5 13.5V9h6v4.5',
  truck: 'M1.5 4h8v7.5h-8zM9.5 6.5h2.7l2.3 2.5v2.5h-5M4.5 12.2m-1.3 0a1.3 1.3 0 1 0 2.6 0a1.3 1.3 0 1 0-2.6 0M11.5 12.2m-1.3 0a1.3 1.3 0 1 0 2.6 0a1.3 1.3 0 1 0-2.6 0',
  back: 'M6 3.5L2.8 6.7 6 10M2.8 6.7h7a3.1 3.1 0 0 1 0 6.2H7',
  unequal: 'M3 6h10M3 10h10M10.8 3L5.2 13',
  clock: 'M8 8m-5.8 0a5.8 5.8 0 1 0 11.6 0a5.8 5.8 0 1 0-11.6 0M8 5v3.2l2 1.4',
  person: 'M8 5m-2.5 0a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0M3 13.5c.6-2.6 2.5-4 5-4s4.4 1.4 5 4',
  barred: 'M8 8m-5.5 0a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0-11 0M4.2 11.8l7.6-7.6',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  cross: 'M4 4l8 8M12 4l-8 8',
  question: 'M5.8 5.8a2.2 2.2 0 1 1 3.2 2c-.7.4-1 .8-1 1.6M8 12.2v.1',
  left: 'M10 3.5L5.5 8l4.5 4.5',
  right: 'M6 3.5L10.5 8 6 12.5',
  search: 'M7 7m-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0M10.4 10.4L14 14',
  sun: 'M8 8m-2.6 0a2.6 2.6 0 1 0 5.2 0a2.6 2.6 0 1 0-5.2 0M8 1.5v1.6M8 12.9v1.6M1.5 8h1.6M12.9 8h1.6M3.4 3.4l1.1 1.1M11.5 11.5l1.1 1.1M3.4 12.6l1.1-1.1M11.5 4.5l1.1-1.1',
  moon: 'M13 9.6A5.6 5.6 0 0 1 6.4 3 5.6 5.6 0 1 0 13 9.6z',
  exit: 'M9.5 3H3.5v10h6M7 8h7M11.5 5.5L14 8l-2.5 2.5',
  message: 'M2.5 3h11v8h-6l-3 2.5V11h-2z',
  alert: 'M8 2.5L14.2 13H1.8zM8 6.5v3M8 11.3v.1',
  lock: 'M4 7.5h8V13H4zM5.5 7.5V5.3a2.5 2.5 0 0 1 5 0v2.2',
} as const;

export type IconName = keyof typeof paths;

interface IconProps extends SVGProps<SVGSVGElement> {
  name: IconName;
}

export const Icon = ({ name, className, ...rest }: IconProps) => (
  <svg viewBox="0 0 16 16" aria-hidden="true" className={className ? `ow-icon ${className}` : 'ow-icon'} {...rest}>
    <path d={paths[name]} />
  </svg>
);
