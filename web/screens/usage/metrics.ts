import { shortCount } from '../../../core/contract/short-count.ts';
import { isCharged, tokensOfCall } from '../../calls/call-statistics.ts';
import type { LoggedRequest } from '../../calls/logged-request.ts';
import { countWords, dollarWords } from '../../language/number-words.ts';
import { forLocale, t } from '../../language/t.ts';
import type { UsageRow } from './usage-row.ts';
import { tokensOf } from './usage-totals.ts';

export interface Metric {
  label: () => string;
  of: (row: UsageRow) => number;
  ofCall: (call: LoggedRequest) => number;
  words: (value: number) => string;
  /** Shorter, for the axis. */
  short: (value: number) => string;
  isCount: boolean;
}

const short = forLocale(shortCount);
const counted = { words: countWords, short: (value: number) => short()(value), isCount: true };

/** What the chart can show. */
export const metrics = {
  requests: {
    ...counted,
    label: () => t('Requests'),
    of: (row) => row.requests,
    ofCall: (call) => (isCharged(call) ? 1 : 0),
  },
  refused: {
    ...counted,
    label: () => t('Refused'),
    of: (row) => row.refused,
    // As in a day's row: over a limit.
    ofCall: ({ status, mark, count }) => (mark === 'refused' && status === 429 ? count : 0),
  },
  tokens: { ...counted, label: () => t('Tokens'), of: tokensOf, ofCall: tokensOfCall },
  cost: {
    label: () => t('Cost'),
    of: (row) => row.cost,
    ofCall: (call) => call.cost,
    words: dollarWords,
    short: dollarWords,
    isCount: false,
  },
} as const satisfies Record<string, Metric>;

export type MetricName = keyof typeof metrics;

export const metricNames = Object.keys(metrics) as MetricName[];

export const metricOf = (name: string | null): MetricName =>
  metricNames.find((known) => known === name) ?? 'requests';
