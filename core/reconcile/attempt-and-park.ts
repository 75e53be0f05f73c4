import { ThrottledError } from '../errors.ts';
import { PausedError } from './pause.ts';
import type { Intent, ReconcilePorts, ReconcileReport, Subject } from './ports.ts';

/** After this many failures a subject is parked: it raises an alarm and no longer takes up time. */
const parkAfter = 3;

/** What the steps of one pass share. */
export interface Pass {
  ports: ReconcilePorts;
  report: ReconcileReport;
  /** Whether the current step has time for more. Called only if something is left to do. */
  hasTime(): boolean;
  /** Subjects whose operation is in progress or unfinished. */
  standing: Set<string>;
  /** Repairs that failed in earlier passes, by subject. */
  notes: Map<string, Intent>;
  /** Subjects whose note stays: they failed again, or are parked. */
  failing: Set<string>;
}

export function isParked({ failures = 0 }: Intent): boolean {
  return failures >= parkAfter;
}

/**
 * Does the work for one subject within its share of the time. A failure is reported and counted, and doesn't stop the others.
 * @param shareMs the time after which calls of `work` fail
 * @throws ThrottledError of API Gateway, which ends the pass, since more calls would only slow down users
 * @throws PausedError, which ends it too
 */
export async function attempt(
  pass: Pass,
  { subject, userId }: Subject,
  shareMs: number,
  work: () => Promise<void>,
): Promise<void> {
  const { ports, report } = pass;
  try {
    await ports.within(shareMs, work);
  } catch (error) {
    if (error instanceof PausedError) throw error;
    pass.failing.add(subject);
    if (error instanceof ThrottledError) {
      // Not counted as a failure; the next pass tries again.
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

/** A repair has no intent, so its failures are counted in a note, which is deleted when it is no longer needed. */
export async function attemptRepair(
  pass: Pass,
  subject: Subject,
  shareMs: number,
  work: () => Promise<void>,
): Promise<void> {
  const note = pass.notes.get(subject.subject);
  if (note === undefined || !isParked(note)) return attempt(pass, subject, shareMs, work);
  pass.failing.add(subject.subject);
  pass.report.parked += 1;
}
