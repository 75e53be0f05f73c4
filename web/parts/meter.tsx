import { clsx } from 'clsx';
import { countWords } from '../language/number-words.ts';
import { t } from '../language/t.ts';

interface MeterProps {
  /** What is measured: "Requests today". */
  label: string;
  used: number;
  limit: number;
  /** `bar`: without label and figures, for tables. */
  look?: 'bar' | 'full';
}

/** How much of a limit is used; it warns from 80 % on. */
export function Meter({ label, used, limit, look = 'full' }: MeterProps) {
  const share = limit === 0 ? 1 : used / limit;
  const tone = share >= 1 ? 'bg-danger' : share >= 0.8 ? 'bg-warning' : 'bg-accent';
  const words = t('{used} of {limit} used', { used: countWords(used), limit: countWords(limit) });
  return (
    // biome-ignore lint/a11y/useSemanticElements: browsers draw <meter> in colours of their own
    <div
      role="meter"
      aria-valuenow={Math.min(used, limit)}
      aria-valuemin={0}
      aria-valuemax={Math.max(limit, 1)}
      aria-valuetext={words}
      aria-label={label}
      className="flex min-w-0 flex-col gap-1.5"
    >
      {look === 'full' && (
        <div className="flex items-baseline justify-between gap-3 text-sm">
          <span className="text-ink-soft">{label}</span>
          <span className="text-ink-soft tabular-nums">
            <strong className="font-medium text-ink">{countWords(used)}</strong> / {countWords(limit)}
          </span>
        </div>
      )}
      <div className="h-1.5 overflow-hidden rounded-full bg-line forced-colors:border">
        <div
          className={clsx('h-full rounded-full forced-colors:bg-[CanvasText]', tone)}
          style={{ width: `${Math.min(1, Math.max(0, share)) * 100}%` }}
        />
      </div>
    </div>
  );
}
