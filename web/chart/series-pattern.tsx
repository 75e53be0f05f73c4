import type { ReactNode } from 'react';
import { useId } from 'react';

/** A colour and a pattern for each key: either is enough to tell them apart. */
const looks: readonly { colour: string; lines: ReactNode }[] = [
  { colour: 'text-series-1', lines: null },
  { colour: 'text-series-2', lines: <path d="M-2 2l4-4M0 8l8-8M6 10l4-4" /> },
  { colour: 'text-series-3', lines: <path d="M2 2h.01M6 6h.01" strokeWidth="2.5" strokeLinecap="round" /> },
  { colour: 'text-series-4', lines: <path d="M0 2h8M0 6h8" /> },
  { colour: 'text-series-5', lines: <path d="M0 0l8 8M8 0l-8 8" /> },
  { colour: 'text-series-6', lines: <path d="M2 0v8M6 0v8" /> },
];
const size = 8;

/** Use it with `fill="url(#id)"`. */
export function SeriesPattern({ id, index }: { id: string; index: number }) {
  const look = looks[index % looks.length];
  return (
    <pattern id={id} width={size} height={size} patternUnits="userSpaceOnUse" className={look?.colour}>
      <rect width={size} height={size} fill="currentColor" />
      <g stroke="var(--color-surface)" strokeOpacity="0.75" strokeWidth="1.25" fill="none">
        {look?.lines}
      </g>
    </pattern>
  );
}

export function SeriesSwatch({ index }: { index: number }) {
  const id = useId();
  return (
    <svg aria-hidden="true" width="18" height="12" className="shrink-0 rounded-sm">
      <SeriesPattern id={id} index={index} />
      <rect width="18" height="12" fill={`url(#${id})`} />
    </svg>
  );
}
