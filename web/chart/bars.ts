/** One of the figures that a bar is stacked of. */
export interface ChartSeries {
  /** Its key in `ChartBar.values`. */
  id: string;
  label: string;
  /** Over all bars. */
  total: number;
}

/** A day or an hour, with its figures by series id. */
export interface ChartBar {
  id: string;
  label: string;
  /** For the axis. */
  short: string;
  values: Readonly<Record<string, number>>;
}

/** More can't be told apart; the rest are shown as one. */
const mostSeries = 6;
const restId = 'rest';

/** A figure of one series in one bar; several of the same are added up. */
export interface Figure {
  bar: string;
  series: string;
  value: number;
}

export interface StackOptions {
  bars: readonly Omit<ChartBar, 'values'>[];
  figures: readonly Figure[];
  /** By series id, in the order in which they are shown, so that a series keeps its place when another figure is chosen. */
  labels: ReadonlyMap<string, string>;
  /** For the series that are shown as one: "3 other keys". */
  restLabel: (count: number) => string;
}

/** Every bar, those without figures too, stacked by the series with the highest totals. */
export function stackBars({ bars, figures, labels, restLabel }: StackOptions): {
  series: ChartSeries[];
  bars: ChartBar[];
} {
  const totals = new Map<string, number>();
  for (const { series, value } of figures) totals.set(series, (totals.get(series) ?? 0) + value);
  const byWeight = [...totals].sort(([, one], [, other]) => other - one).map(([id]) => id);
  const own = new Set(byWeight.slice(0, byWeight.length > mostSeries ? mostSeries - 1 : mostSeries));
  const rest = byWeight.filter((id) => !own.has(id));
  const sum = (ids: readonly string[]) => ids.reduce((total, id) => total + (totals.get(id) ?? 0), 0);
  const shown = [...labels.keys()].filter((id) => own.has(id));
  const series = shown.map((id) => ({ id, label: labels.get(id) ?? id, total: sum([id]) }));
  if (rest.length > 0) series.push({ id: restId, label: restLabel(rest.length), total: sum(rest) });
  const values = new Map(bars.map(({ id }): [string, Record<string, number>] => [id, {}]));
  for (const figure of figures) {
    const of = values.get(figure.bar);
    const id = own.has(figure.series) ? figure.series : restId;
    if (of !== undefined) of[id] = (of[id] ?? 0) + figure.value;
  }
  return { series, bars: bars.map((bar) => ({ ...bar, values: values.get(bar.id) ?? {} })) };
}

export const heightOf = ({ values }: ChartBar): number =>
  Object.values(values).reduce((sum, value) => sum + value, 0);

/** A limit this many times above the highest bar would leave nothing of the bars: it is told in words only. */
const mostHeadroom = 5;

export interface Scale {
  /** The value at the top. */
  top: number;
  /** From 0 to the top. */
  ticks: readonly number[];
  /** Whether the limit is within the scale. */
  showsLimit: boolean;
}

/** Round numbers for the axis: three to five steps of 1, 2 or 5 times a power of ten. */
export function scaleOf(
  bars: readonly ChartBar[],
  { limit, isCount }: { limit?: number | undefined; isCount: boolean },
): Scale {
  const highest = Math.max(0, ...bars.map(heightOf));
  const showsLimit = limit !== undefined && (highest === 0 || limit <= Math.max(highest * mostHeadroom, 10));
  const most = Math.max(highest, showsLimit ? limit : 0) || 1;
  const power = 10 ** Math.floor(Math.log10(most / 4));
  const round = [1, 2, 5, 10].map((digit) => digit * power).find((size) => most / size <= 4) ?? power * 10;
  const step = isCount ? Math.max(1, Math.ceil(round)) : round;
  const count = Math.max(1, Math.ceil(most / step - 1e-9));
  const ticks = Array.from({ length: count + 1 }, (_, at) => at * step);
  return { top: count * step, ticks, showsLimit };
}

/** The series drawn at a height of a bar; undefined above it. */
export function seriesAt(
  bar: ChartBar,
  series: readonly ChartSeries[],
  value: number,
): ChartSeries | undefined {
  let below = 0;
  return series.find(({ id }) => {
    below += bar.values[id] ?? 0;
    return value < below;
  });
}

/** Whether the series is one of those that are shown as one, and so leads nowhere. */
export const isRest = (id: string): boolean => id === restId;
