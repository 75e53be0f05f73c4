import type { AccountSettings } from '../../../core/catalog.ts';
import type { ThrottledError } from '../../../core/errors.ts';
import { gatewayKeyName } from '../../../core/keys/key-id.ts';
import type { KeyCounters, KeyLimits, KeyRecord, UserLimits } from '../../../core/keys/ports.ts';
import type { Notice } from '../../../core/mail/notices.ts';
import type { Mail, MailNotSent } from '../../../core/mail/ports.ts';
import type {
  Intent,
  Pause,
  ReconcilePorts,
  ReconcileReport,
  StandingRecord,
} from '../../../core/reconcile/ports.ts';
import { reconcile } from '../../../core/reconcile/reconcile.ts';
import { somePlan } from '../plan-fixture.ts';

export const start = 1_764_000_000_000;
/** A pass has four minutes, and keeps half a minute of them for the step under way. */
const passMs = 210_000;
export const reserveMs = 30_000;

/** A table, an API Gateway and a directory in memory, whose time passes only by what their calls take. */
export function world() {
  let now = start;
  let callsEndAt = Number.POSITIVE_INFINITY;
  const records = new Map<string, KeyRecord>();
  const users = new Map<string, 'active' | 'deleting'>();
  const intents = new Map<string, Intent>();
  const gatewayKeys = new Map<string, { name: string; createdAt: number }>();
  const meters = new Map<string, KeyCounters>();
  const applied: { keyId: string; limits: KeyLimits; usagePlanId: string | undefined }[] = [];
  const calls: string[] = [];
  const deletes: string[] = [];
  const told = {
    failed: [] as string[],
    parked: [] as string[],
    /** For each time a pass met a pause, whether it was long. */
    paused: [] as boolean[],
    passes: [] as ReconcileReport[],
    closed: [] as string[],
    mails: [] as Mail[],
    notSent: [] as MailNotSent[],
  };
  /** How long a call of API Gateway about this key, or of the directory about this user, takes. */
  const slowness = { of: (_id: string): number => 0 };
  const failures = new Map<string, Error>();
  let listingFails = false;
  const pauses: Pause[] = [];

  const callFor = async (id: string) => {
    calls.push(id);
    const ends = now + slowness.of(id);
    now = Math.min(ends, callsEndAt);
    if (ends > callsEndAt) throw Object.assign(new Error('the time is over'), { name: 'TimeoutError' });
    const failure = failures.get(id);
    if (failure !== undefined) throw failure;
  };
  const isEnded = ({ status }: KeyRecord) => status === 'revoked' || status === 'expired';
  const isUnsettled = (record: KeyRecord) => !isEnded(record) || intents.has(record.keyId);
  const change = (record: KeyRecord, fields: Partial<KeyRecord>) =>
    records.set(record.keyId, { ...record, ...fields });

  const standing = new Map<string, StandingRecord>();
  const notes: Notice[] = [];
  const held = new Set<string>();
  const userLimits = new Map<string, UserLimits | undefined>();
  const directory = {
    disabled: new Set<string>(),
    gone: new Set<string>(),
    /** There, and not on any page of the list. */
    missedByList: new Set<string>(),
  };

  const ports = {
    intents: {
      async *list() {
        yield* [...intents.values()];
      },
      async countFailure({ subject, userId }, time) {
        const known = intents.get(subject) ?? { subject, userId, kind: 'repair' as const, since: time };
        const failed = (known.failures ?? 0) + 1;
        intents.set(subject, { ...known, failures: failed });
        return failed;
      },
      async remove({ subject }) {
        intents.delete(subject);
      },
    },
    live: {
      async *list() {
        yield* [...records.values()].filter((record) => record.status === 'active');
      },
    },
    inventory: {
      async *keys() {
        if (listingFails) throw new Error('no listing');
        for (const [id, key] of gatewayKeys) yield { id, ...key };
      },
      boundTo: async () => new Set(gatewayKeys.keys()),
    },
    meters: { read: async () => meters },
    records: {
      find: async (_userId, keyId) => records.get(keyId),
      listUnfinished: async (userId) =>
        [...records.values()].filter((record) => record.userId === userId && isUnsettled(record)),
      async end(record, status, endedAt) {
        change(record, { status });
        intents.set(record.keyId, {
          subject: record.keyId,
          userId: record.userId,
          kind: 'end',
          since: endedAt,
        });
      },
      release: async () => undefined,
      applyLimits: async ({ keyId }, limits, usagePlanId) =>
        void applied.push({ keyId, limits, usagePlanId }),
      finishIntent: async (keyId) => void intents.delete(keyId),
    } as Partial<ReconcilePorts['records']> as ReconcilePorts['records'],
    users: {
      async beginDeletion(userId, time) {
        users.set(userId, 'deleting');
        const standing = intents.get(userId);
        if (standing?.kind !== 'delete-user')
          intents.set(userId, { subject: userId, userId, kind: 'delete-user', since: time });
      },
      async deleteAll(userId) {
        for (const { keyId } of [...records.values()].filter((record) => record.userId === userId))
          records.delete(keyId);
        return true;
      },
      finishDeletion: async (userId) => void intents.delete(userId),
    },
    gateway: {
      create: () => Promise.reject(new Error('nothing makes keys here')),
      unbindFromPlan: async () => {},
      findPlans: async (names) => new Map(names.map((name) => [name, `id-of-${name}`])),
      async delete(id) {
        await callFor(id);
        deletes.push(id);
        gatewayKeys.delete(id);
      },
      bindToPlan: async (_id, name) => `id-of-${name}`,
      async findIdByName(name) {
        return [...gatewayKeys].find(([, key]) => key.name === name)?.[0];
      },
    },
    userInventory: {
      async *list() {
        const owners = new Set([...records.values()].map(({ userId }) => userId));
        for (const userId of owners) {
          if (!directory.gone.has(userId) && !directory.missedByList.has(userId))
            yield { userId, isEnabled: !directory.disabled.has(userId) };
        }
      },
      has: async (userId) => !directory.gone.has(userId),
    },
    standings: {
      read: async () => new Map(standing),
      async suspend(userId) {
        standing.set(userId, { ...standing.get(userId), status: 'suspended', suspendedByDirectory: true });
      },
      async close(userId, because, at, email) {
        standing.set(userId, { ...standing.get(userId), status: 'suspended', keysHeld: true });
        told.closed.push(`${userId} ${because} ${at === now}`);
        if (email !== undefined) notes.push({ kind: because, userId, email, at });
      },
      async tellOfEnd({ userId, email, endsAt }, at) {
        standing.set(userId, { ...standing.get(userId), endToldFor: endsAt });
        notes.push({ kind: 'ends', userId, email, at, endsAt });
      },
      async toldOfDormancy(userId, at) {
        standing.set(userId, { ...standing.get(userId), dormancyToldAt: at });
      },
      async restore(userId) {
        standing.set(userId, { ...standing.get(userId), status: 'active', suspendedByDirectory: undefined });
      },
      async markHeld(userId, isHeld) {
        standing.set(userId, { ...standing.get(userId), keysHeld: isHeld });
      },
      async hold(meterId) {
        if (held.has(meterId)) return false;
        held.add(meterId);
        return true;
      },
      release: async (meterId) => held.delete(meterId),
    },
    userLimits: {
      async apply(meterId, limits) {
        const had = userLimits.get(meterId);
        userLimits.set(meterId, limits);
        return had !== limits;
      },
      async applied(userId) {
        standing.set(userId, { ...standing.get(userId), limitsPending: undefined });
      },
    },
    directory: {
      async deleteUser(userId) {
        await callFor(userId);
        users.delete(userId);
      },
    },
    mailer: { send: async (mail) => void told.mails.push(mail) },
    notices: {
      due: {
        list: async () => [...notes],
        async claim(notice) {
          const at = notes.findIndex((one) => one.at === notice.at && one.userId === notice.userId);
          if (at >= 0) notes.splice(at, 1);
          return at >= 0;
        },
        release: async (notice) => void notes.push(notice),
      },
      mailer: { send: async (mail) => void told.mails.push(mail) },
      onNotSent: (error) => void told.notSent.push(error),
    },
    accounts: { noticeDays: 14 } as AccountSettings,
    pauses: {
      list: async () => [...pauses],
    },
    plans: [somePlan({ name: 'ten', usagePlanName: 'Ten' })],
    clock: { now: () => now },
    onFailure: (subject) => void told.failed.push(subject),
    onParked: (subject) => void told.parked.push(subject),
    onPaused: (_pause, isLong) => void told.paused.push(isLong),
    onPass: (report) => void told.passes.push(report),
    async within(milliseconds, work) {
      callsEndAt = now + milliseconds;
      try {
        return await work();
      } finally {
        callsEndAt = Number.POSITIVE_INFINITY;
      }
    },
  } satisfies Omit<ReconcilePorts, 'timeLeftMs'>;

  return {
    ports,
    records,
    users,
    intents,
    meters,
    applied,
    gatewayKeys,
    /** What the table says of users, what the gate holds, and what the directory knows. */
    standing,
    notes,
    held,
    userLimits,
    directory,
    calls,
    deletes,
    told,
    slowness,
    failures: failures as Map<string, Error | ThrottledError>,
    failListing: (fails: boolean) => {
      listingFails = fails;
    },
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
    now: () => now,
    pause: (id = 'ada'): void => void pauses.push({ id, since: now, by: id }),
    resume: (): void => void pauses.splice(0),
    /** An hour-old key with its key in API Gateway. */
    addKey(userId: string, keyId: string, fields: Partial<KeyRecord> = {}): KeyRecord {
      const record: KeyRecord = {
        keyId,
        userId,
        name: 'laptop',
        plan: 'ten',
        status: 'active',
        valueHash: `0123456789ab${keyId}`,
        last4: 'abcd',
        slot: 1,
        createdAt: now - 3_600_000,
        apiKeyId: `gw-${keyId}`,
        meterId: `gw-${keyId}`,
        ...fields,
      };
      records.set(keyId, record);
      gatewayKeys.set(`gw-${keyId}`, {
        name: gatewayKeyName(record, record.valueHash),
        createdAt: record.createdAt,
      });
      return record;
    },
    addIntent(intent: Omit<Intent, 'since'>): void {
      intents.set(intent.subject, { since: now - 3_600_000, ...intent });
    },
    /** One pass, and the five minutes to the next. */
    async reconcile(how: { dryRun?: boolean; deletesUnknown?: boolean } = {}) {
      const endsAt = now + passMs;
      const report = await reconcile({ ...ports, timeLeftMs: () => endsAt - now }, { dryRun: false, ...how });
      const overrunMs = Math.max(0, now - endsAt);
      now = endsAt + 90_000;
      return { ...report, overrunMs };
    },
  };
}
