import { clsx } from 'clsx';

/** A placeholder with the size of what is loading. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span
      aria-hidden
      className={clsx('block animate-pulse rounded-md bg-hover', className ?? 'h-4 w-full')}
    />
  );
}

/** Skeleton rows, labelled once for screen readers. */
export function LoadingRows({ label, rows = 4 }: { label: string; rows?: number }) {
  const widths = ['w-2/5', 'w-3/5', 'w-1/2', 'w-1/3'];
  return (
    <div role="status" aria-label={label} className="flex flex-col divide-y divide-line">
      {Array.from({ length: rows }, (_, row) => row).map((row) => (
        <div key={row} className="flex h-13 items-center gap-6 px-4 sm:px-5">
          <Skeleton className={clsx('h-3.5', widths[row % widths.length])} />
          <Skeleton className="ml-auto h-3.5 w-16" />
        </div>
      ))}
    </div>
  );
}
