import { holdKeys, liveKeys, releaseKeys } from '../keys/hold-keys.ts';
import { finishEnd } from '../keys/revoke-key.ts';
import { shareLimits } from '../keys/share-limits.ts';
import { attempt, type Pass } from './attempt-and-park.ts';
import { closeIfOver } from './close-accounts.ts';
import type { Action, ReconcilePorts, StandingRecord } from './ports.ts';

interface Facts {
  record: StandingRecord;
  /** What the directory says; undefined: not known in this pass. */
  inDirectory: 'enabled' | 'disabled' | 'gone' | undefined;
}

/**
 * Holds the keys of suspended users, whether they are suspended here or in the directory, until the suspension ends, and ends
 * the keys of users who are no longer in the directory.
 */
export async function checkStanding(pass: Pass, shareMs: number): Promise<void> {
  const { ports } = pass;
  const owners = new Set<string>();
  for await (const { userId } of ports.live.list()) owners.add(userId);
  if (owners.size === 0) return;
  const listed = await listUsers(pass);
  // Read after the list, so that recent suspensions and deletions are known.
  const records = await ports.standings.read([...owners]);
  for (const userId of owners) {
    if (!pass.hasTime()) return;
    const record = records.get(userId) ?? {};
    await attempt(pass, { subject: userId, userId }, shareMs, async () => [
      ...(await applyStanding(pass, userId, {
        record,
        inDirectory: await standingOf(ports, listed, userId),
      })),
      ...(record.limitsPending === true ? await applyLimits(pass, { ...record, userId }) : []),
    ]);
  }
}

interface Listed {
  isEnabled: ReadonlyMap<string, boolean>;
  isWhole: boolean;
}

async function listUsers({ ports, hasTime }: Pass): Promise<Listed> {
  const isEnabled = new Map<string, boolean>();
  for await (const user of ports.directoryUsers.list()) {
    if (!hasTime()) return { isEnabled, isWhole: false };
    isEnabled.set(user.userId, user.isEnabled);
  }
  return { isEnabled, isWhole: true };
}

async function standingOf(
  { directoryUsers }: ReconcilePorts,
  { isEnabled, isWhole }: Listed,
  userId: string,
): Promise<Facts['inDirectory']> {
  const enabled = isEnabled.get(userId);
  if (enabled !== undefined) return enabled ? 'enabled' : 'disabled';
  // A user is not gone because time ran out or a page of the list missed them.
  if (!isWhole || (await directoryUsers.has(userId))) return undefined;
  return 'gone';
}

async function applyStanding(pass: Pass, userId: string, { record, inDirectory }: Facts): Promise<Action[]> {
  // Its own intent ends the keys of an account that is being deleted.
  if (record.status === 'deleting') return [];
  const { standings } = pass.ports;
  const { dryRun } = pass.report;
  const actions: Action[] = [];
  let isSuspended = record.status === 'suspended';
  if (!isSuspended && (inDirectory === 'disabled' || inDirectory === 'gone')) {
    // First, so that no key can be created with a login token that is still valid.
    if (!dryRun) await standings.suspend(userId);
    actions.push({ kind: 'suspend', subject: userId });
    isSuspended = true;
  } else if (isSuspended && record.suspendedByDirectory === true && inDirectory === 'enabled') {
    if (!dryRun) await standings.restore(userId);
    actions.push({ kind: 'restore', subject: userId });
    isSuspended = false;
  }
  if (!isSuspended && record.status !== 'waiting') {
    const closed = await closeIfOver(pass, { ...record, userId });
    actions.push(...closed);
    isSuspended = closed.some(({ kind }) => kind === 'close');
  }
  if (inDirectory === 'gone') return [...actions, ...(await endKeys(pass, userId))];
  if (isSuspended) return [...actions, ...(await holdUser(pass, userId))];
  if (record.keysHeld === true) return [...actions, ...(await releaseUser(pass, userId))];
  return actions;
}

/** What an admin's change left undone when it was cut off. */
async function applyLimits(
  { ports, report }: Pass,
  user: Pick<StandingRecord, 'limits' | 'limitsChangedAt'> & { userId: string },
): Promise<Action[]> {
  const ids = report.dryRun
    ? (await liveKeys(ports.records, user.userId)).map(({ keyId }) => keyId)
    : await shareLimits(ports, user);
  return ids.map((subject) => ({ kind: 'apply-user-limits', subject }));
}

async function endKeys({ ports, report }: Pass, userId: string): Promise<Action[]> {
  const records = await liveKeys(ports.records, userId);
  for (const record of report.dryRun ? [] : records) {
    await ports.records.end(record, 'revoked', ports.clock.now());
    const ended = await ports.records.find(userId, record.keyId);
    if (ended !== undefined) await finishEnd(ports, ended);
  }
  return records.map(({ keyId }) => ({ kind: 'end-ownerless', subject: keyId }));
}

/** Again in every pass: a key that was being made or rotated when its user was suspended is found by the next one. */
function holdUser(pass: Pass, userId: string): Promise<Action[]> {
  return holdOrRelease(pass, userId, 'hold', holdKeys);
}

function releaseUser(pass: Pass, userId: string): Promise<Action[]> {
  return holdOrRelease(pass, userId, 'release', releaseKeys);
}

async function holdOrRelease(
  { ports: { records, standings: holds }, report }: Pass,
  userId: string,
  kind: 'hold' | 'release',
  work: typeof holdKeys,
): Promise<Action[]> {
  const ids = report.dryRun
    ? (await liveKeys(records, userId)).map(({ keyId }) => keyId)
    : await work({ records, holds }, userId);
  return ids.map((subject) => ({ kind, subject }));
}
