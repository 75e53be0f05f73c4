import { holdKeys, liveKeys, releaseKeys } from '../keys/hold-keys.ts';
import { finishEnd } from '../keys/revoke-key.ts';
import { shareLimits } from '../keys/share-limits.ts';
import { attempt, type Pass } from './attempt-and-park.ts';
import { closeIfOver } from './close-accounts.ts';
import { act, change } from './pause.ts';
import type { ActionKind, ReconcilePorts, StandingRecord } from './ports.ts';

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
    await attempt(pass, { subject: userId, userId }, shareMs, async () => {
      const inDirectory = await standingOf(ports, listed, userId);
      await applyStanding(pass, userId, { record, inDirectory });
      if (record.limitsPending === true) await applyLimits(pass, { ...record, userId });
    });
  }
}

interface Listed {
  isEnabled: ReadonlyMap<string, boolean>;
  isWhole: boolean;
}

async function listUsers({ ports, hasTime }: Pass): Promise<Listed> {
  const isEnabled = new Map<string, boolean>();
  for await (const user of ports.userInventory.list()) {
    if (!hasTime()) return { isEnabled, isWhole: false };
    isEnabled.set(user.userId, user.isEnabled);
  }
  return { isEnabled, isWhole: true };
}

async function standingOf(
  { userInventory }: ReconcilePorts,
  { isEnabled, isWhole }: Listed,
  userId: string,
): Promise<Facts['inDirectory']> {
  const enabled = isEnabled.get(userId);
  if (enabled !== undefined) return enabled ? 'enabled' : 'disabled';
  // A user is not gone because time ran out or a page of the list missed them.
  if (!isWhole || (await userInventory.has(userId))) return undefined;
  return 'gone';
}

async function applyStanding(pass: Pass, userId: string, { record, inDirectory }: Facts): Promise<void> {
  // Its own intent ends the keys of an account that is being deleted.
  if (record.status === 'deleting') return;
  const { standings } = pass.ports;
  let isSuspended = record.status === 'suspended';
  if (!isSuspended && (inDirectory === 'disabled' || inDirectory === 'gone')) {
    // First, so that no key can be created with a login token that is still valid.
    await act(pass, { kind: 'suspend', subject: userId }, () => standings.suspend(userId));
    isSuspended = true;
  } else if (isSuspended && record.suspendedByDirectory === true && inDirectory === 'enabled') {
    await act(pass, { kind: 'restore', subject: userId }, () => standings.restore(userId));
    isSuspended = false;
  }
  if (!isSuspended && record.status !== 'waiting') {
    isSuspended = await closeIfOver(pass, { ...record, userId });
  }
  if (inDirectory === 'gone') await endKeys(pass, userId);
  // Again in every pass: a key that was being made or rotated when its user was suspended is found by the next one.
  else if (isSuspended) await holdOrRelease(pass, userId, 'hold', holdKeys);
  else if (record.keysHeld === true) await holdOrRelease(pass, userId, 'release', releaseKeys);
}

/** What an admin's change left undone when it was cut off. */
async function applyLimits(
  pass: Pass,
  user: Pick<StandingRecord, 'limits' | 'limitsChangedAt'> & { userId: string },
): Promise<void> {
  await changeKeys(pass, user.userId, 'apply-user-limits', () => shareLimits(pass.ports, user));
}

async function endKeys(pass: Pass, userId: string): Promise<void> {
  const { records, clock } = pass.ports;
  for (const record of await liveKeys(records, userId)) {
    await act(pass, { kind: 'end-ownerless', subject: record.keyId }, async () => {
      await records.end(record, 'revoked', clock.now());
      const ended = await records.find(userId, record.keyId);
      if (ended !== undefined) await finishEnd(pass.ports, ended);
    });
  }
}

async function holdOrRelease(
  pass: Pass,
  userId: string,
  kind: 'hold' | 'release',
  work: typeof holdKeys,
): Promise<void> {
  const { records, standings: holds } = pass.ports;
  await changeKeys(pass, userId, kind, () => work({ records, holds }, userId));
}

/** @param work changes what differs of the user's keys, and returns their ids */
async function changeKeys(
  pass: Pass,
  userId: string,
  kind: ActionKind,
  work: () => Promise<string[]>,
): Promise<void> {
  const all = async () => (await liveKeys(pass.ports.records, userId)).map(({ keyId }) => keyId);
  const ids = (await change(pass, work)) ?? (await all());
  pass.report.actions.push(...ids.map((subject) => ({ kind, subject })));
}
