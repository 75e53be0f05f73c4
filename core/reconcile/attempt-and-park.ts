import { ThrottledError } from '../errors.ts';
import type { Action, Intent, ReconcilePorts, ReconcileReport, Subject } from './ports.ts';

/** After so many failures a subject is parked: it raises an alarm, and holds up nothing. */
const parkAfter = 3;

/** One pass, as its steps share it. */
export interface Pass {
  ports: ReconcilePorts;
  report: ReconcileReport;
  /** Whether the present step has time for more. It is not asked when nothing is left. */
  hasTime(): boolean;
  /** Subjects whose operation is under way, or still to be finished. */
  standing: Set<string>;
  /** Repairs that failed in earlier passes, by subject. */
  notes: Map<string, Intent>;
  /** Subjects whose note still holds: they failed again, or are parked. */
  failing: Set<string>;
}

export function isParked({ failures = 0 }: Intent): boolean {
  return failures >= parkAfter;
}

/**
 * Does what is to be done for one subject, in the time it has at most. Its failure is told and counted, and keeps none
 * of the others waiting.
 * @param shareMs after which the calls of `work` end, with an error
 * @throws ThrottledError of API Gateway, which ends the pass: going on would only slow down the users
 */
export async function attempt(
  pass: Pass,
  { subject, userId }: Subject,
  shareMs: number,
  work: () => Promise<Action[]>,
): Promise<void> {
  const { ports, report } = pass;
  try {
    report.actions.push(...(await ports.within(shareMs, work)));
  } catch (error) {
    pass.failing.add(subject);
    if (error instanceof ThrottledError) {
      // Nobody's fault, and the next pass tries again.
      report.complete = false;
      if (error.service === 'API Gateway') throw error;
      return;
    }
    report.failures += 1;
    ports.onFailure(subject, error);
    if (!report.dryRun) await countFailure(pass, { subject, userId });
  }
}

async function countFailure({ ports, report }: Pass, { subject, userId }: Subject): Promise<void> {
  try {
    const failures = await ports.intents.countFailure({ subject, userId }, ports.clock.now());
    if (failures < parkAfter) return;
    report.parked += 1;
    ports.onParked(subject, failures);
  } catch (error) {
    ports.onFailure(subject, error);
  }
}

/** A repair has no intent: its failures are kept in a note, which goes when it is no longer needed. */
export async function attemptRepair(
  pass: Pass,
  subject: Subject,
  shareMs: number,
  work: () => Promise<Action[]>,
): Promise<void> {
  const note = pass.notes.get(subject.subject);
  if (note === undefined || !isParked(note)) return attempt(pass, subject, shareMs, work);
  pass.failing.add(subject.subject);
  pass.report.parked += 1;
}
