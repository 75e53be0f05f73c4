import { ThrottledError } from '../errors.ts';
import { attempt, isParked, type Pass } from './attempt-and-park.ts';
import { finishDeletion, finishKeyIntent } from './finish-intent.ts';
import { inTurns } from './in-turns.ts';
import type { Intent, ReconcilePorts, ReconcileReport } from './ports.ts';
import { repairKeys } from './repair-keys.ts';
import { checkStanding } from './user-standing.ts';

/** Operations under way are left alone this long; the longest takes half a minute. */
const graceMs = 120_000;
/** What one key takes at most: a few calls of API Gateway, each of which may be slow. */
const keyShareMs = 20_000;
/** What the deletion of an account gets at least; it is handed on when another deletion needs none. */
const leastDeletionMs = 10_000;
/** For the step that a deletion is in when its share is over. */
const overrunMs = 10_000;

/**
 * One pass: ends what was cut off, ends what has expired, and repairs what API Gateway and the table don't
 * agree on. Running it twice, or two at a time, does no harm. What may take long comes last, and no step, nor any
 * subject in it, takes the others' turn away.
 * @param dryRun tells what it would do, and does nothing
 * @throws whatever kept a whole step from running, once the others have
 */
export async function reconcile(ports: ReconcilePorts, dryRun: boolean): Promise<ReconcileReport> {
  const report: ReconcileReport = { dryRun, actions: [], failures: 0, parked: 0, complete: true };
  const pass = { ports, report, notes: new Map(), failing: new Set<string>(), standing: new Set<string>() };
  const due: Intent[] = [];
  const isOfKey = ({ kind }: Intent) => kind !== 'delete-user';
  const steps: Step[] = [
    async (turn) => void due.push(...(await readDue(turn))),
    (turn) => finishKeyIntents(turn, due.filter(isOfKey)),
    (turn) => checkStanding(turn, keyShareMs),
    (turn) => repairKeys(turn, { graceMs, keyShareMs }),
    (turn) =>
      finishDeletions(
        turn,
        due.filter((intent) => !isOfKey(intent)),
      ),
  ];
  try {
    await takeTurns(pass, steps);
  } finally {
    ports.onPass(report);
  }
  return report;
}

type Step = (turn: Pass) => Promise<void>;

/** Each step has half of the time that is left, and what it doesn't need is the next one's. */
async function takeTurns(pass: Omit<Pass, 'hasTime'>, steps: readonly Step[]): Promise<void> {
  const { ports, report } = pass;
  const failures: unknown[] = [];
  for (const [at, step] of steps.entries()) {
    const isLast = at === steps.length - 1;
    const endsAt = isLast ? 0 : ports.timeLeftMs() / 2;
    const hasTime = () => {
      const has = ports.timeLeftMs() > endsAt;
      if (!has) report.complete = false;
      return has;
    };
    try {
      await step({ ...pass, hasTime });
    } catch (error) {
      report.complete = false;
      // API Gateway throttles the whole account: going on would only slow the users down.
      if (error instanceof ThrottledError && error.service === 'API Gateway') break;
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

/** Those that have failed come after those that haven't, then the oldest first, each user in turn. */
async function readDue({ ports, report, notes, standing }: Pass): Promise<Intent[]> {
  const due: Intent[] = [];
  for await (const intent of ports.intents.list()) {
    if (intent.kind === 'repair') {
      notes.set(intent.subject, intent);
      continue;
    }
    standing.add(intent.subject);
    if (ports.clock.now() - intent.since < graceMs) continue;
    else if (isParked(intent)) report.parked += 1;
    else due.push(intent);
  }
  due.sort((one, other) => (one.failures ?? 0) - (other.failures ?? 0) || one.since - other.since);
  return inTurns(due, ({ userId }) => userId);
}

async function finishKeyIntents(pass: Pass, intents: readonly Intent[]): Promise<void> {
  const { ports, report } = pass;
  for (const intent of intents) {
    if (!pass.hasTime()) return;
    await attempt(pass, intent, keyShareMs, async () => [
      await finishKeyIntent(ports, intent, report.dryRun),
    ]);
    if (!report.dryRun && !pass.failing.has(intent.subject)) pass.standing.delete(intent.subject);
  }
}

/** Deletions share the time that is left. One that isn't done by then has kept what it did, and goes on next time. */
async function finishDeletions(pass: Pass, intents: readonly Intent[]): Promise<void> {
  const { ports, report } = pass;
  for (const [at, intent] of intents.entries()) {
    if (!pass.hasTime()) return;
    const left = ports.timeLeftMs();
    const share = Math.max(leastDeletionMs, left / (intents.length - at));
    const hasShare = () => pass.hasTime() && left - ports.timeLeftMs() < share;
    await attempt(pass, intent, share + overrunMs, async () => {
      const action = await finishDeletion(ports, intent, report.dryRun, hasShare);
      if (action.kind === 'go-on-delete-user') report.complete = false;
      return [action];
    });
  }
}
