import { clsx } from 'clsx';
import { type KeyboardEvent, type PointerEvent, useId, useRef, useState } from 'react';
import { type ChartBar, type ChartSeries, heightOf, isRest, scaleOf, seriesAt } from './bars.ts';
import { ChartTip } from './chart-tip.tsx';
import { SeriesPattern, SeriesSwatch } from './series-pattern.tsx';

export interface BarChartProps {
  /** For screen readers: what the picture shows, and where the same figures are. */
  label: string;
  /** What is walked through by arrow keys: "Day". */
  step: string;
  bars: readonly ChartBar[];
  series: readonly ChartSeries[];
  words: (value: number) => string;
  /** Shorter, for the axis. */
  short: (value: number) => string;
  isCount: boolean;
  /** What the bars must not pass, and its name. */
  limit?: { value: number; label: string } | undefined;
  /** Opens what is behind a bar, or behind a part of it. */
  onOpen?: (bar: string, series: string | undefined) => void;
  look?: 'small' | 'full';
}

/** Narrower bars can't be told apart; more of them scroll. */
const leastBarPixels = 4;
const heights = { small: 112, full: 236 };
/** Labels that fit a desktop; a phone shows every other one. */
const mostLabels = 10;

/**
 * Bars stacked by series: one picture for screen readers. Above it lies a slider, by which arrow keys walk through the
 * bars and Enter opens one, as a pointer does.
 */
export function BarChart(props: BarChartProps) {
  const { label, step, bars, series, words, short, isCount, limit, onOpen, look = 'full' } = props;
  const patternsId = useId();
  const [at, setAt] = useState<number>();
  /** The bar whose figures were shown when a finger came down: the first touch of a bar only shows them. */
  const touched = useRef<number>(undefined);
  const height = heights[look];
  const scale = scaleOf(bars, { limit: limit?.value, isCount });
  const yOf = (value: number) => height - (value / scale.top) * height;
  const shown = at === undefined ? undefined : bars[at];
  const labelStep = Math.ceil(bars.length / mostLabels);

  const pointed = ({ currentTarget, clientX, clientY }: PointerEvent) => {
    const box = currentTarget.getBoundingClientRect();
    const index = Math.floor(((clientX - box.left) / box.width) * bars.length);
    const bar = bars[Math.min(Math.max(index, 0), bars.length - 1)];
    return { index, bar, value: (1 - (clientY - box.top) / height) * scale.top };
  };
  const open = (event: PointerEvent) => {
    const { index, bar, value } = pointed(event);
    if (event.pointerType === 'touch' && touched.current !== index) return setAt(index);
    if (bar === undefined || heightOf(bar) === 0) return;
    const part = seriesAt(bar, series, value);
    onOpen?.(bar.id, part === undefined || isRest(part.id) ? undefined : part.id);
  };
  const press = (event: KeyboardEvent) => {
    const last = bars.length - 1;
    const here = at ?? last;
    const next: Record<string, number> = {
      ArrowLeft: here - 1,
      ArrowDown: here - 1,
      ArrowRight: here + 1,
      ArrowUp: here + 1,
      Home: 0,
      End: last,
    };
    const to = next[event.key];
    if (to !== undefined) {
      event.preventDefault();
      setAt(Math.min(Math.max(to, 0), last));
    } else if (event.key === 'Escape') setAt(undefined);
    else if (event.key === 'Enter' && shown !== undefined && heightOf(shown) > 0)
      onOpen?.(shown.id, undefined);
  };
  const valueWords = (bar: ChartBar | undefined) => (bar ? `${bar.label}: ${words(heightOf(bar))}` : '');
  const marked = at ?? bars.length - 1;

  return (
    <figure className="flex min-w-0 flex-col gap-4">
      <div className="relative flex min-w-0 gap-2">
        <div aria-hidden className="relative shrink-0 text-ink-faint text-xs tabular-nums" style={{ height }}>
          {scale.ticks.map((tick) => (
            <span key={tick} className="absolute right-0 -translate-y-1/2" style={{ top: yOf(tick) }}>
              {short(tick)}
            </span>
          ))}
          {/* As wide as the widest, which the others are placed against. */}
          <span className="invisible block h-0">{widest(scale.ticks.map(short))}</span>
        </div>
        {/* Labels of the first and the last bar are wider than these, on a phone. */}
        <div className="-mx-1.5 min-w-0 flex-1 overflow-x-auto overflow-y-hidden px-1.5 pb-1">
          <div className="relative" style={{ minWidth: bars.length * leastBarPixels }}>
            <svg
              role="img"
              aria-label={label}
              width="100%"
              height={height}
              className="block overflow-visible"
            >
              <defs>
                {series.map(({ id }, index) => (
                  <SeriesPattern key={id} id={`${patternsId}-${index}`} index={index} />
                ))}
              </defs>
              {scale.ticks.map((tick) => (
                <line
                  key={tick}
                  x2="100%"
                  y1={yOf(tick)}
                  y2={yOf(tick)}
                  className={tick === 0 ? 'stroke-line-strong' : 'stroke-line'}
                />
              ))}
              {bars.map((bar, index) => (
                <Bar
                  key={bar.id}
                  {...{ bar, index, series, yOf, patternsId, height }}
                  count={bars.length}
                  isMarked={at === index}
                />
              ))}
              {limit !== undefined && scale.showsLimit && (
                <line
                  data-limit
                  x2="100%"
                  y1={yOf(limit.value)}
                  y2={yOf(limit.value)}
                  strokeDasharray="6 4"
                  strokeWidth="1.5"
                  className="stroke-danger"
                />
              )}
            </svg>
            <div
              role="slider"
              tabIndex={0}
              aria-label={step}
              aria-valuemin={1}
              aria-valuemax={bars.length}
              aria-valuenow={marked + 1}
              aria-valuetext={valueWords(bars[marked])}
              onKeyDown={press}
              onFocus={() => setAt((before) => before ?? bars.length - 1)}
              onBlur={() => setAt(undefined)}
              onPointerMove={(event) => setAt(pointed(event).index)}
              onPointerDown={() => {
                touched.current = at;
              }}
              onPointerLeave={({ pointerType }) => pointerType !== 'touch' && setAt(undefined)}
              onPointerUp={open}
              className={clsx(
                'absolute inset-x-0 top-0 rounded-sm outline-offset-2',
                onOpen !== undefined && 'cursor-pointer',
              )}
              style={{ height }}
            />
            <div aria-hidden className="relative mt-2 h-4 text-ink-faint text-xs">
              {bars.map((bar, index) =>
                index % labelStep === 0 ? (
                  <span
                    key={bar.id}
                    className={clsx(
                      'absolute whitespace-nowrap',
                      // Among many, the first would begin outside.
                      !(index === 0 && bars.length > 12) && '-translate-x-1/2',
                      (index / labelStep) % 2 === 1 && 'max-sm:hidden',
                    )}
                    style={{
                      left: `${index === 0 && bars.length > 12 ? 0 : ((index + 0.5) / bars.length) * 100}%`,
                    }}
                  >
                    {bar.short}
                  </span>
                ) : null,
              )}
            </div>
          </div>
        </div>
        {shown !== undefined && (
          <div
            className={clsx(
              'pointer-events-none absolute top-1 z-10',
              marked < bars.length / 2 ? 'right-1' : 'left-8',
            )}
          >
            <ChartTip bar={shown} series={series} words={words} />
          </div>
        )}
      </div>
      <figcaption className="flex flex-wrap gap-x-5 gap-y-2 text-sm">
        {(look === 'full' || series.length > 1) && <Legend series={series} words={words} />}
        {limit !== undefined && (
          <p className="flex items-center gap-2 text-ink-soft">
            {scale.showsLimit && (
              <svg aria-hidden="true" width="18" height="12" className="shrink-0">
                <line
                  x2="18"
                  y1="6"
                  y2="6"
                  strokeDasharray="6 4"
                  strokeWidth="1.5"
                  className="stroke-danger"
                />
              </svg>
            )}
            {limit.label}
          </p>
        )}
      </figcaption>
    </figure>
  );
}

interface BarProps {
  bar: ChartBar;
  index: number;
  count: number;
  series: readonly ChartSeries[];
  yOf: (value: number) => number;
  patternsId: string;
  height: number;
  isMarked: boolean;
}

/** Share of its place that a bar leaves free. */
const gap = 0.18;

function Bar({ bar, index, count, series, yOf, patternsId, height, isMarked }: BarProps) {
  const place = 100 / count;
  let below = 0;
  return (
    <>
      {isMarked && (
        <rect x={`${index * place}%`} width={`${place}%`} height={height} className="fill-hover" />
      )}
      {series.map(({ id }, at) => {
        const value = bar.values[id] ?? 0;
        if (value === 0) return null;
        below += value;
        return (
          <rect
            key={id}
            data-bar={bar.id}
            x={`${(index + gap / 2) * place}%`}
            width={`${(1 - gap) * place}%`}
            y={yOf(below)}
            height={Math.max(yOf(below - value) - yOf(below), 1)}
            fill={`url(#${patternsId}-${at})`}
            stroke="var(--color-surface)"
            strokeWidth={series.length > 1 ? 1 : 0}
          />
        );
      })}
    </>
  );
}

function Legend({ series, words }: Pick<BarChartProps, 'series' | 'words'>) {
  return (
    <ul className="flex min-w-0 flex-wrap gap-x-5 gap-y-2">
      {series.map(({ id, label, total }, index) => (
        <li key={id} className="flex min-w-0 max-w-full items-center gap-2">
          <SeriesSwatch index={index} />
          <span className="min-w-0 truncate">{label}</span>
          <span className="shrink-0 text-ink-soft tabular-nums">{words(total)}</span>
        </li>
      ))}
    </ul>
  );
}

const widest = (texts: readonly string[]) =>
  texts.reduce((longest, text) => (text.length > longest.length ? text : longest), '');
