import { clsx } from 'clsx';

const tones: Readonly<Record<string, string>> = {
  GET: 'bg-success-soft text-success',
  POST: 'bg-accent-soft text-accent',
  DELETE: 'bg-danger-soft text-danger',
};

export function MethodBadge({ method }: { method: string }) {
  return (
    <span
      className={clsx(
        'inline-flex h-5 w-15 shrink-0 items-center justify-center rounded-sm font-mono font-semibold text-xs',
        tones[method] ?? 'bg-warning-soft text-warning',
      )}
    >
      {method}
    </span>
  );
}
