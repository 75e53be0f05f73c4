import type { Operation, Seen } from './operations.ts';
import { routeEvent } from './operations.ts';
import type { Platform } from './platform.ts';
import type { Workshop } from './workshop.ts';

const text = 'The password is swordfish.';

async function waiting(platform: Platform, workshop: Workshop) {
  const userId = await platform.addUser();
  return { userId, secrets: [], records: [], message: await workshop.write(text) };
}

interface Named {
  id: string;
  receipt: string;
}

const call = (route: string, { id, receipt }: Named) => ({
  name: 'one-time-messages' as const,
  event: routeEvent('', { route, pathParameters: { id }, headers: { 'x-daypass-receipt': receipt } }),
});
const reveal = (message: Named) => call('POST /v1/secrets/{id}/reveal', message);
const burn = (message: Named) => call('DELETE /v1/secrets/{id}', message);
const lookUp = (message: Named) => call('GET /v1/secrets/{id}/receipt', message);

const statusOf = ({ outcome }: Seen): number | undefined =>
  outcome === 'killed' ? undefined : outcome.status;

/** Reads it twice: who got it, beginning with whoever the operation answered, and what its receipt says in the end. */
async function readers({ outcome, probe }: Seen, message: Named) {
  const answers = [outcome === 'killed' ? undefined : outcome.body.message];
  for (const _reader of [1, 2]) answers.push((await probe(reveal(message))).answer.body.message);
  const { answer } = await probe(lookUp(message));
  return { got: answers.map((answer) => answer === text), status: answer.body.status };
}

/** Every message has the text that it waits with, and both end by themselves. */
function orphansIn({ snapshot: { items } }: Seen): string[] {
  const messages = items.filter(({ pk }) => pk.startsWith('MESSAGE#'));
  const texts = new Set(messages.filter(({ sk }) => sk === 'SEALED').map(({ pk }) => pk));
  return messages.flatMap(({ pk, sk, ttl, wrappedKey }) => [
    ...(typeof ttl === 'number' ? [] : [`${pk} ${sk} is kept for ever`]),
    ...(sk === 'RECORD' && wrappedKey !== undefined && !texts.has(pk)
      ? [`${pk} waits without its text`]
      : []),
  ]);
}

/** One-time messages: each is shown at most once, and to the one reader whom the answer told so. */
export const messageOperations: readonly Operation[] = [
  {
    name: 'write a message',
    prepare: async (platform) => ({ userId: await platform.addUser(), secrets: [], records: [] }),
    call: () => ({
      name: 'one-time-messages',
      event: routeEvent('', { route: 'POST /v1/secrets', body: { message: text } }),
    }),
    async check(seen) {
      const { outcome } = seen;
      const faults = orphansIn(seen);
      if (outcome === 'killed' || outcome.status !== 201) return faults;
      const { got, status } = await readers(seen, outcome.body as unknown as Named);
      if (String(got) !== 'false,true,false' || status !== 'revealed') {
        faults.push(`told as written; its readers got it as ${got}, and its receipt says ${status}`);
      }
      return faults;
    },
  },
  {
    name: 'reveal a message',
    prepare: waiting,
    call: ({ message }) => reveal(message as Named),
    async check(seen) {
      const { got, status } = await readers(seen, seen.subject.message as Named);
      const faults = orphansIn(seen);
      if (got.filter(Boolean).length > 1) faults.push('two readers got it');
      if (status !== 'revealed') faults.push(`it was read or is lost, and its receipt says ${status}`);
      if (statusOf(seen) === 404) faults.push('the only reader was told that there is none');
      if (statusOf(seen) === 200 && got[0] !== true) faults.push('told as read, with another text');
      return faults;
    },
  },
  {
    name: 'burn a message',
    prepare: waiting,
    call: ({ message }) => burn(message as Named),
    async check(seen) {
      const { got, status } = await readers(seen, seen.subject.message as Named);
      const faults = orphansIn(seen);
      const isRead = got.filter(Boolean).length === 1;
      if (statusOf(seen) === 200 && isRead) faults.push('told as burned, and read after that');
      if (status !== (isRead ? 'revealed' : 'burned')) faults.push(`its receipt says ${status}`);
      return faults;
    },
  },
  {
    name: 'look a receipt up',
    prepare: waiting,
    call: ({ message }) => lookUp(message as Named),
    async check(seen) {
      const { got } = await readers(seen, seen.subject.message as Named);
      return String(got) === 'false,true,false' ? [] : ['looking it up ended it'];
    },
  },
];
