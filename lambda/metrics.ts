import type { ErrorCode } from '../core/errors.ts';
import type { SettledCall } from '../core/metering/ports.ts';
import { describeCause, logger } from './log.ts';

/**
 * CloudWatch makes metrics of log lines that say so ([embedded metric format][1]): no call, no wait, and the line itself can be
 * searched.
 *
 * [1]: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
interface Measure {
  /** Fields of the line whose values tell its metrics apart. A metric is billed for each combination. */
  dimensions: readonly (readonly string[])[];
  units: Readonly<Record<string, Unit>>;
}
type Unit = 'Count' | 'Milliseconds' | 'Seconds' | 'Percent' | 'None';

const whole = [[]] as const;

/** As `metricsOf`, for lines that alarms watch. */
const alarmMetric = (Name: string, Unit: Unit) => embedded([{ dimensions: whole, units: { [Name]: Unit } }]);

/** Fields of a log line by which CloudWatch makes metrics of its other fields, unless the settings leave those out. */
const metricsOf = (measures: readonly Measure[]) =>
  process.env.CALL_METRICS === 'off' ? {} : embedded(measures);

function embedded(measures: readonly Measure[]): object {
  const { METRICS_NAMESPACE: Namespace } = process.env;
  const CloudWatchMetrics = measures.map(({ dimensions, units }) => ({
    Namespace,
    Dimensions: dimensions,
    Metrics: Object.entries(units).map(([Name, Unit]) => ({ Name, Unit })),
  }));
  return { _aws: { Timestamp: Date.now(), CloudWatchMetrics } };
}

/** One line for each charged call, as it ended. */
export function logSettled(call: SettledCall): void {
  const { requestId, keyId, model, mark, code, ms, msToFirstToken, isStreamed, isFallback, usage } = call;
  const hasFirstToken = msToFirstToken !== undefined;
  const hasFailed = code !== undefined && modelFailures.has(code);
  logger.info('call', {
    requestId,
    keyId,
    model,
    mark,
    ...(code !== undefined && { code }),
    ms,
    Calls: 1,
    InputTokens: usage.input + usage.cachedInput + usage.cacheWriteInput,
    OutputTokens: usage.output,
    CostDollars: call.costNanoDollars / 1e9,
    ...(hasFirstToken && { FirstTokenMs: msToFirstToken }),
    ...(isStreamed && { StreamSeconds: ms / 1000 }),
    ...(isFallback && { Fallbacks: 1 }),
    ...(hasFailed && { ModelFailures: 1 }),
    ...metricsOf([
      {
        dimensions: whole,
        units: {
          Calls: 'Count',
          InputTokens: 'Count',
          OutputTokens: 'Count',
          ...(isStreamed && { StreamSeconds: 'Seconds' }),
          ...(isFallback && { Fallbacks: 'Count' }),
          ...(hasFailed && { ModelFailures: 'Count' }),
        } as const,
      },
      {
        dimensions: [[], ['model']],
        units: { CostDollars: 'None', ...(hasFirstToken && { FirstTokenMs: 'Milliseconds' }) } as const,
      },
    ]),
  });
}

/** What the model's provider failed with, or could not take. */
const modelFailures: ReadonlySet<string> = new Set<ErrorCode>([
  'model_failed',
  'model_timeout',
  'model_overloaded',
]);

/** Of a request that was refused or failed, for its own line. */
export function refusalMetrics(code: ErrorCode): object {
  const failed = modelFailures.has(code);
  return {
    Refusals: 1,
    ...(failed && { ModelFailures: 1 }),
    ...metricsOf([
      { dimensions: [['code']], units: { Refusals: 'Count' } },
      ...(failed ? [{ dimensions: whole, units: { ModelFailures: 'Count' } } as const] : []),
    ]),
  };
}

export function logPass(report: Pass): void {
  const { actions, failures, parked, dryRun } = report;
  logger.info('reconciled', {
    ...report,
    actions: actions.slice(0, 50),
    actionCount: actions.length,
    Repairs: actions.length,
    RepairFailures: failures,
    ...metricsOf([{ dimensions: whole, units: { Repairs: 'Count', RepairFailures: 'Count' } }]),
  });
  if (dryRun) return;
  const count = actions.filter(({ kind }) => kind === 'keep-unknown').length;
  if (count > 0) logger.error('unknown keys', { count });
  // All that waits, once in each pass, so that the alarm lasts until an operator has dealt with it.
  if (parked > 0)
    logger.warn('repairs parked', { parked, Parked: parked, ...alarmMetric('Parked', 'Count') });
}

interface Pass {
  actions: readonly { kind: string; subject: string }[];
  failures: number;
  parked: number;
  dryRun: boolean;
}

/** An account was asked for, whether or not its address was known. */
export function logSignUp(): void {
  logger.info('sign-up', { SignUps: 1, ...metricsOf([{ dimensions: whole, units: { SignUps: 'Count' } }]) });
}

/** A repair failed so often that an operator must look at it. The pass counts it with the others. */
export function logReconcileParked(subject: string, failures: number): void {
  logger.error('intent parked', { subject, failures });
}

/** An operator has paused the reconciler. @param isLong so long ago that they may have forgotten it */
export function logReconcilePaused({ since, by, reason }: PauseOfPasses, isLong: boolean): void {
  const pause = { since: new Date(since).toISOString(), by, reason };
  if (isLong) logger.error('reconciler paused', { ...pause, Parked: 1, ...alarmMetric('Parked', 'Count') });
  else logger.warn('reconciler paused', pause);
}

interface PauseOfPasses {
  since: number;
  by: string;
  reason?: string | undefined;
}

/** A write of the meter failed after a charge. */
export function logMeterFailed(step: string, error: unknown): void {
  const cause = describeCause(error);
  logger.error('metering failed', { step, cause, Metering: 1, ...alarmMetric('Metering', 'Count') });
}

/** How much of a spend ceiling is used up. */
export function logSpendRead(reading: {
  window: string;
  spentNanoDollars: number;
  ceilingNanoDollars: number;
}): void {
  const { window, spentNanoDollars, ceilingNanoDollars } = reading;
  const SpendPercent = Math.floor((1000 * spentNanoDollars) / ceilingNanoDollars) / 10;
  const metric = alarmMetric('SpendPercent', 'Percent');
  logger.info('spend read', { SpendPercent, window, spentDollars: spentNanoDollars / 1e9, ...metric });
}
