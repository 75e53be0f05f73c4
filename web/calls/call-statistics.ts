import type { LoggedRequest } from './logged-request.ts';

type Call = Pick<
  LoggedRequest,
  | 'time'
  | 'model'
  | 'status'
  | 'code'
  | 'mark'
  | 'firstTokenMs'
  | 'totalMs'
  | 'inputTokens'
  | 'outputTokens'
  | 'cachedTokens'
  | 'cost'
  | 'count'
>;

export interface Percentiles {
  p50: number;
  p95: number;
}

export interface CallStatistics {
  /** Refusals included. */
  calls: number;
  answered: number;
  /** By us or by the provider. */
  failed: number;
  refused: number;
  /** Of the calls that were answered or failed; undefined without any. */
  successRate: number | undefined;
  tokens: number;
  cost: number;
  /** Milliseconds of whole answers; undefined without any. */
  firstToken: Percentiles | undefined;
  total: Percentiles | undefined;
}

export const tokensOfCall = (call: Pick<Call, 'inputTokens' | 'outputTokens' | 'cachedTokens'>): number =>
  call.inputTokens + call.outputTokens + call.cachedTokens;

/** Charged, whether it was answered as a whole or not. */
export const isCharged = ({ mark }: Pick<Call, 'mark'>): boolean => mark !== 'refused' && mark !== 'refunded';

const hasFailed = ({ code, status }: Call) => code !== null && status >= 500;
/** Neither ours nor the provider's fault: whoever leaves has not been refused. */
const wasRefused = (call: Call) => call.code !== null && call.code !== 'caller_left' && !hasFailed(call);

/** Refusals of a minute are one row of the list. */
export const countCalls = (calls: readonly Pick<Call, 'count'>[]): number =>
  calls.reduce((sum, { count }) => sum + count, 0);

export function statisticsOf(calls: readonly Call[]): CallStatistics {
  const whole = calls.filter(({ code }) => code === null);
  const [answered, failed] = [countCalls(whole), countCalls(calls.filter(hasFailed))];
  return {
    calls: countCalls(calls),
    answered,
    failed,
    refused: countCalls(calls.filter(wasRefused)),
    successRate: answered + failed === 0 ? undefined : answered / (answered + failed),
    tokens: calls.reduce((sum, call) => sum + tokensOfCall(call), 0),
    cost: calls.reduce((sum, { cost }) => sum + cost, 0),
    firstToken: percentilesOf(whole.flatMap(({ firstTokenMs }) => firstTokenMs ?? [])),
    total: percentilesOf(whole.flatMap(({ totalMs }) => totalMs ?? [])),
  };
}

/** The nearest rank: values that were really measured. */
export function percentilesOf(values: readonly number[]): Percentiles | undefined {
  const sorted = values.toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  const [p50, p95] = [at(0.5), at(0.95)];
  return p50 === undefined || p95 === undefined ? undefined : { p50, p95 };
}

/** For calls that were refused before their model was known. */
export const noModel = '';

/** Each model with its calls, the most used first. */
export function byModel<One extends Call>(calls: readonly One[]): [model: string, calls: One[]][] {
  const groups = [...Map.groupBy(calls, ({ model }) => model ?? noModel)];
  const size = (group: readonly One[]) => group.reduce((sum, { count }) => sum + count, 0);
  return groups.sort(
    ([name, one], [otherName, other]) => size(other) - size(one) || name.localeCompare(otherName, 'en'),
  );
}

/** `2026-11-22`, in UTC. */
export const dayOfCall = ({ time }: Pick<Call, 'time'>): string => time.slice(0, 10);

/** `09`, in UTC. */
export const hourOfCall = ({ time }: Pick<Call, 'time'>): string => time.slice(11, 13);
