import type { Context } from 'aws-lambda';
import { slowRouteRunsMs } from '../../../core/contract/route-time.ts';
import { summaryOf } from '../../../core/reconcile/last-pass.ts';
import { endPass, endPauses } from '../../../core/reconcile/pause.ts';
import type { ReconcileReport } from '../../../core/reconcile/ports.ts';
import { reconcile } from '../../../core/reconcile/reconcile.ts';
import { openReconciler } from '../../reconcile-ports.ts';
import { withRequestId } from '../../request-ids.ts';

const ports = openReconciler();
/** Left at the end of a pass for the step under way. */
const reserveMs = 30_000;
/** A pass that is cut off at its timeout may have asked the billing function at its very end. */
const longestAfterMs = ports.billingWork === undefined ? 0 : slowRouteRunsMs;

/** What an operator sends; a schedule's event has none of these fields. */
interface OperatorEvent {
  /** Only reports what would be done. */
  dryRun?: unknown;
  /** Deletes keys in API Gateway whose records are lost. */
  deleteUnknown?: unknown;
  /** Stops passes until it ends. Answers with the pause, and the passes that may not have met it yet. */
  pause?: { id: string; by: string; reason?: string };
  /** Answers with the passes that are under way. */
  underWay?: unknown;
  /** Ends a pause, by its id, or all. Answers with those that ended and those that still stand. */
  resume?: unknown;
  id?: string;
}

/** Every five minutes, or by an operator. */
export const handler = (event: OperatorEvent, context: Context) =>
  withRequestId(context.awsRequestId, async () => {
    if (event.pause !== undefined) return pause(event.pause);
    if (event.underWay === true) return ports.underWay.list(Date.now());
    if (event.resume === true) return endPauses(ports.pauses, event.id);
    return pass(event, context);
  });

async function pause({ id, by, reason }: NonNullable<OperatorEvent['pause']>) {
  const begun = await ports.pauses.begin({
    id: String(id),
    since: Date.now(),
    by: String(by).slice(0, 128),
    reason: reason === undefined ? undefined : String(reason).slice(0, 256),
  });
  return { ...begun, underWay: await ports.underWay.list(Date.now()) };
}

async function pass(event: OperatorEvent, context: Context) {
  const dryRun = event.dryRun === true;
  const since = Date.now();
  const endsAt = since + context.getRemainingTimeInMillis() + longestAfterMs;
  const underWay = { id: context.awsRequestId, since, endsAt };
  const timeLeftMs = () => context.getRemainingTimeInMillis() - reserveMs;
  let report: ReconcileReport | undefined;
  const onPass = (made: ReconcileReport) => {
    report = made;
    ports.onPass(made);
  };
  if (!dryRun) await ports.underWay.begin(underWay);
  try {
    return await reconcile(
      { ...ports, onPass, timeLeftMs },
      { dryRun, deletesUnknown: event.deleteUnknown === true },
    );
  } finally {
    if (!dryRun) await note('end of the pass', () => endPass(ports, underWay));
    if (report?.dryRun === false && report.paused === undefined) {
      const summary = summaryOf(report, Date.now());
      await note('last pass', () => ports.lastPass.keep(summary));
    }
  }
}

/** The pass has done its work even if this can't be written. */
async function note(what: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    ports.onFailure(what, error);
  }
}
