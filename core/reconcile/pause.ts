import type { AskedBilling } from '../billing/ports.ts';
import type { Clock } from '../clock.ts';
import type {
  Action,
  PassesUnderWay,
  PassUnderWay,
  Pause,
  Pauses,
  ReconcilePorts,
  ReconcileReport,
} from './ports.ts';

/** A pause that lasts longer was probably forgotten, and raises the alarm of what needs an operator. */
const longMs = 86_400_000;

/** Ends a pass that has met a pause, which is in its report. Nothing has failed. */
export class PausedError extends Error {}

interface Stoppable {
  ports: Pick<ReconcilePorts, 'pauses' | 'clock' | 'onPaused'>;
  report: ReconcileReport;
}

/** Whether the pass has to end. Reads anew each time, and tells the report. A dry run changes nothing, so it goes on. */
export async function isPaused({ ports, report }: Stoppable): Promise<boolean> {
  if (report.dryRun || report.paused !== undefined) return report.paused !== undefined;
  const [pause] = await ports.pauses.list();
  if (pause === undefined) return false;
  ports.onPaused(pause, ports.clock.now() - pause.since >= longMs);
  Object.assign(report, { paused: pause, complete: false });
  return true;
}

/**
 * Whatever a pass changes, it changes by this: a dry run leaves it out, and a pause that has begun meanwhile ends the pass
 * before it. One operation is one change, since half of one can be worse than none or all of it.
 * @returns undefined in a dry run
 * @throws PausedError
 */
export async function change<T>(pass: Stoppable, work: () => Promise<T>): Promise<T | undefined> {
  if (pass.report.dryRun) return undefined;
  if (await isPaused(pass)) throw new PausedError('The reconciler is paused.');
  return work();
}

/** A change that the report tells of, once it is made; in a dry run, that it would be. */
export async function act(pass: Stoppable, action: Action, work: () => Promise<unknown>): Promise<void> {
  await change(pass, work);
  pass.report.actions.push(action);
}

interface PassEndPorts {
  underWay: PassesUnderWay;
  billingWork: Pick<AskedBilling, 'runsUntil'> | undefined;
  clock: Clock;
}

/** A pass is over, for whoever waits for it, once nothing runs any more that it has asked for. */
export async function endPass(
  { underWay, billingWork, clock }: PassEndPorts,
  pass: PassUnderWay,
): Promise<void> {
  const runsUntil = billingWork?.runsUntil() ?? 0;
  if (runsUntil > clock.now()) await underWay.begin({ ...pass, endsAt: runsUntil });
  else await underWay.end(pass.id);
}

/**
 * Ends the pause with this id, or all.
 * @returns those that have ended, and those that still stop the reconciler
 */
export async function endPauses(
  pauses: Pauses,
  id: string | undefined,
): Promise<{ ended: Pause[]; standing: Pause[] }> {
  const stood = await pauses.list();
  const ended = stood.filter((pause) => id === undefined || pause.id === id);
  for (const pause of ended) await pauses.end(pause.id);
  return { ended, standing: stood.filter((pause) => !ended.includes(pause)) };
}
