import type { Context } from 'aws-lambda';
import { reconcile } from '../../../core/reconcile/reconcile.ts';
import { openReconciler } from '../../reconcile-ports.ts';

const ports = openReconciler();
/** Left at the end of a pass for the step under way. */
const reserveMs = 30_000;

/** Every five minutes, or by an operator: `{"dryRun":true}` only reports what would be done. */
export async function handler(event: { dryRun?: unknown }, context: Context) {
  const timeLeftMs = () => context.getRemainingTimeInMillis() - reserveMs;
  return reconcile({ ...ports, timeLeftMs }, event.dryRun === true);
}
