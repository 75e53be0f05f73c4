import { setTimeout as wait } from 'node:timers/promises';
import type { PassUnderWay, Pause } from '../core/reconcile/ports.ts';
import { say } from './command.ts';
import type { Connection } from './connect.ts';
import { operatorName } from './deployment.ts';

type Reconciler = Pick<Connection, 'invoke'>;

const secondMs = 1000;

/**
 * Pauses the reconciler, and waits until no pass is under way that may not have met the pause yet: from then on it ends and
 * deletes nothing.
 * @param id whose pause it is; by default the operator's own
 */
export async function pauseReconciler(
  { invoke }: Reconciler,
  stack: string,
  { id = operatorName(), reason }: { id?: string; reason: string | undefined },
): Promise<void> {
  const send = (event: object) => invoke(`${stack}-reconcile`, event);
  const asked = { id, by: operatorName(), reason };
  const begun = (await send({ pause: asked })) as Pause & { underWay: PassUnderWay[] };
  say(describePause(begun));
  let left = begun.underWay;
  if (left.length > 0) {
    const endsAt = Math.max(...left.map((pass) => pass.endsAt));
    say(`A pass is under way. Waiting until it has stopped, until ${timeOf(endsAt)} at the latest …`);
  }
  while (left.length > 0) {
    await wait(secondMs);
    const now = (await send({ underWay: true })) as PassUnderWay[];
    left = left.filter(({ id: known }) => now.some((pass) => pass.id === known));
  }
  say('No pass is under way: from now on it ends and deletes nothing.');
}

/**
 * Ends a pause, and tells what that comes to.
 * @param id undefined: all pauses
 * @returns whether the reconciler goes on
 */
export async function resumeReconciler(
  { invoke }: Reconciler,
  stack: string,
  id: string | undefined,
): Promise<boolean> {
  const { ended, standing } = (await invoke(`${stack}-reconcile`, { resume: true, id })) as {
    ended: Pause[];
    standing: Pause[];
  };
  for (const pause of standing) say(`Another pause stands. ${describePause(pause)}`);
  if (standing.length > 0) return false;
  say(
    ended.length > 0
      ? 'The reconciler goes on with its next pass, within five minutes.'
      : 'The reconciler was not paused.',
  );
  return true;
}

export const describePause = ({ since, by, reason }: Pick<Pause, 'since' | 'by' | 'reason'>) =>
  `The reconciler is paused since ${timeOf(since)} by ${by}${reason ? `: ${reason}` : ''}.`;

const timeOf = (milliseconds: number) => new Date(milliseconds).toISOString();
