import type { Context } from 'aws-lambda';
import { type LastPass, summaryOf } from '../../../core/reconcile/last-pass.ts';
import type { ReconcileReport } from '../../../core/reconcile/ports.ts';
import { reconcile } from '../../../core/reconcile/reconcile.ts';
import { openReconciler } from '../../reconcile-ports.ts';
import { withRequestId } from '../../request-ids.ts';

const ports = openReconciler();
/** Left at the end of a pass for the step under way. */
const reserveMs = 30_000;

/** What an operator sends; a schedule's event has none of these fields. */
interface OperatorEvent {
  /** Only reports what would be done. */
  dryRun?: unknown;
  /** Deletes keys in API Gateway whose records are lost. */
  deleteUnknown?: unknown;
  /** Stops passes until they are resumed. */
  pause?: { by: string; reason?: string };
  resume?: unknown;
}

/** Every five minutes, or by an operator. */
export const handler = (event: OperatorEvent, context: Context) =>
  withRequestId(context.awsRequestId, async () => {
    if (event.pause !== undefined) return pause(event.pause);
    if (event.resume === true) return (await ports.pauses.end()) ?? null;
    return pass(event, context);
  });

function pause({ by, reason }: NonNullable<OperatorEvent['pause']>) {
  return ports.pauses.begin({
    since: Date.now(),
    by: String(by).slice(0, 128),
    reason: reason === undefined ? undefined : String(reason).slice(0, 256),
  });
}

async function pass(event: OperatorEvent, context: Context) {
  const timeLeftMs = () => context.getRemainingTimeInMillis() - reserveMs;
  let report: ReconcileReport | undefined;
  const onPass = (made: ReconcileReport) => {
    report = made;
    ports.onPass(made);
  };
  try {
    return await reconcile(
      { ...ports, onPass, timeLeftMs },
      { dryRun: event.dryRun === true, deletesUnknown: event.deleteUnknown === true },
    );
  } finally {
    if (report?.dryRun === false && report.paused === undefined) await keep(summaryOf(report, Date.now()));
  }
}

/** For the admins' view of health. The pass has done its work even if its report can't be kept. */
async function keep(pass: LastPass): Promise<void> {
  try {
    await ports.lastPass.keep(pass);
  } catch (error) {
    ports.onFailure('last pass', error);
  }
}
