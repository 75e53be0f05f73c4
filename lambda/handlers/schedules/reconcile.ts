import type { Context } from 'aws-lambda';
import { type LastPass, summaryOf } from '../../../core/reconcile/last-pass.ts';
import type { ReconcileReport } from '../../../core/reconcile/ports.ts';
import { reconcile } from '../../../core/reconcile/reconcile.ts';
import { openReconciler } from '../../reconcile-ports.ts';
import { withRequestId } from '../../request-ids.ts';

const ports = openReconciler();
/** Left at the end of a pass for the step under way. */
const reserveMs = 30_000;

/** Every five minutes, or by an operator: `{"dryRun":true}` only reports what would be done. */
export const handler = (event: { dryRun?: unknown }, context: Context) =>
  withRequestId(context.awsRequestId, () => pass(event, context));

async function pass(event: { dryRun?: unknown }, context: Context) {
  const timeLeftMs = () => context.getRemainingTimeInMillis() - reserveMs;
  let report: ReconcileReport | undefined;
  const onPass = (made: ReconcileReport) => {
    report = made;
    ports.onPass(made);
  };
  try {
    return await reconcile({ ...ports, onPass, timeLeftMs }, event.dryRun === true);
  } finally {
    if (report?.dryRun === false) await keep(summaryOf(report, Date.now()));
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
