import { ThrottledError } from '../errors.ts';
import { attempt, isParked, type Pass } from './attempt-and-park.ts';
import { finishBilling, finishDeletion, finishKeyIntent } from './finish-intent.ts';
import { inTurns } from './in-turns.ts';
import { isPaused, PausedError } from './pause.ts';
import type { Intent, IntentKind, ReconcilePorts, ReconcileReport } from './ports.ts';
import { repairKeys } from './repair-keys.ts';
import { sendDueFeedback } from './send-feedback.ts';
import { sendNotices } from './send-notices.ts';
import { sendWarnings } from './send-warnings.ts';
import { checkStanding } from './user-standing.ts';

/** Operations younger than this may still be in progress; the longest takes half a minute. */
const graceMs = 120_000;
/** The most that one key may take: a few calls to API Gateway, each of which may be slow. */
const keyShareMs = 20_000;
/** The least that the deletion of an account gets. */
const leastDeletionMs = 10_000;
/** For the step of a deletion that is in progress when its share is over. */
const overrunMs = 10_000;

/**
 * One pass: finishes interrupted operations, ends expired keys, and repairs what differs between API Gateway and the table.
 * Passes can be repeated and can overlap. What may take long comes last, and no step or subject takes up the others' time.
 * @param how `dryRun` reports what it would do, and does nothing; `deletesUnknown` deletes keys that no record knows,
 * whatever their age
 * @throws the error of a step that failed as a whole, after the other steps
 */
export async function reconcile(
  ports: ReconcilePorts,
  { dryRun, deletesUnknown = false }: { dryRun: boolean; deletesUnknown?: boolean },
): Promise<ReconcileReport> {
  const report: ReconcileReport = { dryRun, actions: [], failures: 0, parked: 0, complete: true };
  const pass = { ports, report, notes: new Map(), failing: new Set<string>(), standing: new Set<string>() };
  const due: Intent[] = [];
  const of = (kind: IntentKind) => due.filter((intent) => intent.kind === kind);
  const isOfKey = ({ kind }: Intent) => kind !== 'delete-user' && kind !== 'billing';
  const steps: Step[] = [
    async (turn) => void due.push(...(await readDue(turn))),
    (turn) => finishKeyIntents(turn, due.filter(isOfKey)),
    (turn) => checkStanding(turn, keyShareMs),
    (turn) => repairKeys(turn, { graceMs, keyShareMs, deletesUnknown }),
    (turn) => finishBillings(turn, of('billing')),
    sendWarnings,
    sendNotices,
    sendDueFeedback,
    (turn) => finishDeletions(turn, of('delete-user')),
  ];
  try {
    await takeTurns(pass, steps);
  } finally {
    ports.onPass(report);
  }
  return report;
}

type Step = (turn: Pass) => Promise<void>;

/** Each step gets half of the remaining time, and leaves what it doesn't need to the next. */
async function takeTurns(pass: Omit<Pass, 'hasTime'>, steps: readonly Step[]): Promise<void> {
  const { ports, report } = pass;
  const failures: unknown[] = [];
  for (const [at, step] of steps.entries()) {
    if (await isPaused(pass)) break;
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
      if (error instanceof PausedError) break;
      // API Gateway throttles the whole account, so more calls would only slow down users.
      if (error instanceof ThrottledError && error.service === 'API Gateway') break;
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

/** Intents that have failed come last; the oldest come first, and users take turns. */
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
  for (const intent of intents) {
    if (!pass.hasTime()) return;
    await attempt(pass, intent, keyShareMs, () => finishKeyIntent(pass, intent));
    if (!pass.report.dryRun && !pass.failing.has(intent.subject)) pass.standing.delete(intent.subject);
  }
}

async function finishBillings(pass: Pass, intents: readonly Intent[]): Promise<void> {
  for (const intent of intents) {
    if (!pass.hasTime()) return;
    await attempt(pass, intent, keyShareMs, () => finishBilling(pass, intent));
  }
}

/** Deletions share the remaining time. One that isn't finished keeps its progress and continues in the next pass. */
async function finishDeletions(pass: Pass, intents: readonly Intent[]): Promise<void> {
  const { ports } = pass;
  for (const [at, intent] of intents.entries()) {
    if (!pass.hasTime()) return;
    const left = ports.timeLeftMs();
    const share = Math.max(leastDeletionMs, left / (intents.length - at));
    const hasShare = () => pass.hasTime() && left - ports.timeLeftMs() < share;
    await attempt(pass, intent, share + overrunMs, () => finishDeletion(pass, intent, hasShare));
  }
}
