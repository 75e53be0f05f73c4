import { randomUUID } from 'node:crypto';
import type { SeenCall } from './aws-proxy.ts';
import type { FunctionName } from './function-worker.ts';
import { type FunctionCall, type Operation, routeEvent, type Seen, type Subject } from './operations.ts';
import { operatorKeys, type Platform } from './platform.ts';
import type { Workshop } from './workshop.ts';

const keys = {
  openai: operatorKeys['llm/openai'],
  anthropic: operatorKeys['llm/anthropic'],
  kept: 'sk-kept-for-it-1',
  other: 'sk-kept-anew-22',
};

const withKey =
  (kept?: 'account' | 'key') =>
  async (platform: Platform, workshop: Workshop): Promise<Subject> => {
    const userId = await platform.addUser();
    await workshop.register(userId);
    const { record, secret } = await workshop.create(userId);
    if (kept !== undefined) {
      await workshop.keep(userId, kept === 'account' ? 'account' : record.keyId, keys.kept);
    }
    return { userId, secrets: [secret], records: [record] };
  };

/** A call of a model with the subject's key, as API Gateway hands it to the function. Its texts name the user. */
function modelCall(
  name: FunctionName,
  { userId, records: [record], secrets: [secret = ''] }: Subject,
  body: object,
): FunctionCall {
  const requestContext = {
    extendedRequestId: randomUUID(),
    identity: { sourceIp: '192.0.2.1', apiKeyId: record?.apiKeyId },
  };
  const event = routeEvent(userId, { route: `POST /v1/${name}`, body, headers: { 'x-api-key': secret } });
  return { name, event: { ...event, requestContext } };
}

const said = ({ userId }: Subject) => [{ role: 'user', content: `I am ${userId}` }];
const mine = (subject: Subject) =>
  modelCall('chat-completions', subject, { model: 'mine', messages: said(subject) });

const providers: ReadonlySet<string> = new Set(['openai', 'anthropic', 'bedrock']);
const asked = (calls: readonly SeenCall[]) => calls.filter(({ service }) => providers.has(service));
const linesOf = ({ snapshot, subject }: Seen) =>
  snapshot.items.filter(({ pk, sk }) => pk === `USER#${subject.userId}` && sk.startsWith('LEDGER#'));

/** The calls in the usage of the subject's key: on its metering item, and in rows of days. */
function bookedIn({ snapshot: { items }, subject: { userId, records } }: Seen): number {
  const meter = items.find(({ pk, sk }) => pk === `APIKEY#${records[0]?.apiKeyId}` && sk === 'METER');
  const onMeter = Object.entries(meter ?? {}).flatMap(([name, count]) =>
    name.startsWith('served-') ? [Number(count)] : [],
  );
  const inRows = items
    .filter(({ pk, sk }) => pk === `USER#${userId}` && sk.startsWith('USAGE#'))
    .map(({ requests = 0 }) => Number(requests));
  return [...onMeter, ...inRows].reduce((sum, count) => sum + count, 0);
}

/** How many of the day's ten requests are charged. */
async function usedOf({ workshop, subject: { records } }: Seen): Promise<number> {
  const result = await workshop.charge(records[0]?.apiKeyId ?? '');
  if (result.outcome !== 'charged') throw new Error(`a charge of the key is ${result.outcome}`);
  return 9 - Number(result.charge.standing.remaining);
}

const isWrite = (operation: string) => /^(Update|Put|Delete|TransactWrite)/.test(operation);
/** Of a write: whether it is made, and known to be in time for what comes after it. */
const isApplied = (kind: string) => ['lost', 'lost once', 'killed-after'].includes(kind);

/**
 * A call of a model is charged once or not at all, in its key's window, on its own line and in its key's usage; none that is
 * answered, and none that a provider may have been asked for, goes without; and the provider gets no key but that of
 * whoever is to pay.
 */
const charged =
  (key: string) =>
  async (seen: Seen): Promise<string[]> => {
    const { outcome, calls, struck } = seen;
    const faults: string[] = [];
    const used = await usedOf(seen);
    const lines = linesOf(seen);
    const booked = bookedIn(seen);
    const wasAsked = asked(calls).length > 0;
    const isServed = outcome !== 'killed' && outcome.status === 200;
    const isWriteStruck = struck.service === 'dynamodb' && isWrite(struck.operation);
    const settled = lines.filter(({ mark }) => mark !== 'refunded').length;
    if (used > 1 || booked > 1 || lines.length > 1) {
      faults.push(`charged ${used} times, in the usage ${booked} times, on ${lines.length} lines`);
    }
    // The line comes first, and a function may end between the two.
    if (booked > settled) faults.push('in the usage, and on no line');
    if (isServed && used !== 1) faults.push('answered, and not charged');
    if (isServed && settled + booked !== 2 && !(isWriteStruck && !isApplied(struck.kind))) {
      faults.push('answered, and not settled');
    }
    if (!isServed && outcome !== 'killed' && !isWriteStruck && used !== 0)
      faults.push('refused, and charged');
    if (wasAsked && used === 0 && lines.length === 0)
      faults.push('the model was asked, and nothing tells so');
    for (const { detail } of asked(calls)) if (detail !== key) faults.push(`asked with ${detail}`);
    return faults;
  };

/** Whose key calls of `mine` are made with, and how often the audit trail tells of it. */
async function keptOf({ probe, snapshot, subject }: Seen, action: string) {
  const { answer, calls } = await probe(mine(subject));
  const told = snapshot.items.filter(
    (item) => item.pk === `AUDIT#USER#${subject.userId}` && item.action === action,
  );
  return { status: answer.status, key: asked(calls)[0]?.detail, told: told.length };
}

const keeping = (method: 'PUT' | 'DELETE', { userId }: Subject, body?: object): FunctionCall => ({
  name: 'provider-keys',
  event: routeEvent(userId, {
    route: `${method} /v1/provider-keys/{provider}`,
    pathParameters: { provider: 'mine' },
    ...(body && { body }),
  }),
});

/** Provider keys, calls of models at other providers, and the list of calls. */
export const providerOperations: readonly Operation[] = [
  {
    name: 'keep a provider key in place of another',
    prepare: withKey('account'),
    call: (subject) => keeping('PUT', subject, { key: keys.other }),
    async check(seen) {
      const { outcome } = seen;
      const { status, key = '', told } = await keptOf(seen, 'provider_key.kept');
      const faults: string[] = [];
      if (status !== 200 || ![keys.kept, keys.other].includes(key)) faults.push(`${status} with ${key}`);
      if (outcome !== 'killed' && outcome.status === 200 && key !== keys.other) faults.push('told as kept');
      if (told !== (key === keys.other ? 2 : 1)) faults.push(`${key}, told ${told} times`);
      return faults;
    },
  },
  {
    name: 'delete a provider key',
    prepare: withKey('account'),
    call: (subject) => keeping('DELETE', subject),
    async check(seen) {
      const { outcome } = seen;
      const { status, key, told } = await keptOf(seen, 'provider_key.deleted');
      const faults: string[] = [];
      if (key !== (status === 200 ? keys.kept : undefined)) faults.push(`${status} with ${key}`);
      if (status !== 200 && status !== 401) faults.push(`neither there nor not: ${status}`);
      if (outcome !== 'killed' && outcome.status === 200 && key !== undefined) faults.push('told as deleted');
      if (told !== (key === undefined ? 1 : 0)) faults.push(`${status}, told ${told} times`);
      return faults;
    },
  },
  {
    name: 'chat at OpenAI, relayed as a stream',
    prepare: withKey(),
    call: (subject) =>
      modelCall('chat-completions', subject, { model: 'gpt', messages: said(subject), stream: true }),
    check: charged(keys.openai),
  },
  {
    name: 'chat at Anthropic, translated',
    prepare: withKey(),
    call: (subject) => modelCall('chat-completions', subject, { model: 'claude', messages: said(subject) }),
    check: charged(keys.anthropic),
  },
  {
    name: 'chat at a compatible server with a kept key',
    prepare: withKey('key'),
    call: (subject) =>
      modelCall('messages', subject, { model: 'mine', messages: said(subject), max_tokens: 50 }),
    check: charged(keys.kept),
  },
  {
    name: 'chat by OpenAI’s API at Bedrock',
    prepare: withKey(),
    call: (subject) => modelCall('responses', subject, { model: 'gpt-6-luna', input: said(subject) }),
    check: charged(''),
  },
  {
    name: 'embed texts at OpenAI',
    prepare: withKey(),
    call: (subject) => modelCall('embeddings', subject, { model: 'small', input: `I am ${subject.userId}` }),
    check: charged(keys.openai),
  },
  {
    name: 'count tokens at Anthropic',
    prepare: withKey(),
    call: (subject) =>
      modelCall('count-message-tokens', subject, { model: 'claude', messages: said(subject) }),
    check: async (seen) =>
      (await usedOf(seen)) === 0 && linesOf(seen).length === 0 ? [] : ['a count was charged'],
  },
  {
    name: 'chat with a model that is not there',
    prepare: withKey(),
    call: (subject) => modelCall('chat-completions', subject, { model: 'none', messages: said(subject) }),
    async check(seen) {
      const { outcome, calls } = seen;
      const lines = linesOf(seen);
      const faults: string[] = [];
      if ((await usedOf(seen)) !== 0) faults.push('refused, and charged');
      if (asked(calls).length > 0) faults.push('refused, and a model was asked');
      if (lines.length > 1) faults.push(`${lines.length} lines`);
      if (outcome !== 'killed' && outcome.status !== 404) faults.push('listing it changed its answer');
      return faults;
    },
  },
  {
    name: 'list calls',
    async prepare(platform, workshop) {
      const subject = await withKey()(platform, workshop);
      await workshop.settleOne(subject.records[0]?.apiKeyId ?? '');
      return subject;
    },
    call: ({ userId }) => ({ name: 'usage', event: routeEvent(userId, { route: 'GET /v1/requests' }) }),
    async check({ outcome }) {
      if (outcome === 'killed' || outcome.status !== 200) return [];
      const { data } = outcome.body as { data: unknown[] };
      return data.length === 1 ? [] : [`${data.length} calls are listed`];
    },
  },
];
