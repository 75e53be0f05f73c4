import { setTimeout as later } from 'node:timers/promises';
import type { Account } from './account.ts';
import { type Answer, ask, expectStatus, Finding, send } from './api.ts';
import { readStream } from './read-stream.ts';

/** What the checks find on their way, each for those after it. */
export interface Run {
  origin: string;
  account: Account;
  /** The model's public name; by default the first chat model of the list. */
  model: string;
  token: string;
  keyId: string;
  key: string;
}

export interface Check {
  name: string;
  /** @returns what it saw, in a few words @throws Finding */
  run(run: Run): Promise<string>;
}

/** The key's own limit: enough for a call of each kind. */
const callsADay = 3;
const question = 'Count from one to twenty, in words.';
const maxTokens = 80;
/** A key works everywhere within a minute: docs/decisions/0011. */
const activationMs = 90_000;

export const checks: readonly Check[] = [
  {
    name: 'the console is served',
    async run({ origin }) {
      const { status, headers, text } = await ask(origin, '/');
      if (status !== 200 || !text.includes('<title>'))
        throw new Finding(`GET / answers ${status}, and no page`);
      for (const name of ['content-security-policy', 'strict-transport-security', 'x-content-type-options'])
        if (!headers.has(name)) throw new Finding(`GET / lacks the header ${name}`);
      return 'with its security headers';
    },
  },
  {
    name: 'the API lists plans and models',
    async run(run) {
      const plans = listOf(expectStatus(await ask(run.origin, '/v1/plans'), 200, 'GET /v1/plans'));
      const models = listOf(expectStatus(await ask(run.origin, '/v1/models'), 200, 'GET /v1/models'));
      const chats = models.filter(({ kind }) => kind === 'chat');
      run.model ||= String(chats[0]?.id ?? '');
      if (!chats.some(({ id }) => id === run.model))
        throw new Finding(`there is no chat model '${run.model}': GET /v1/models lists them`);
      return `${plans.length} plans, ${models.length} models; chats use ${run.model}`;
    },
  },
  {
    name: 'an unknown route is refused in our words',
    async run({ origin }) {
      const answer = await ask(origin, '/v1/no-such-route');
      expectStatus(answer, 404, 'GET /v1/no-such-route');
      return shown(requireHeaders(answer, ['x-request-id', 'access-control-allow-origin']));
    },
  },
  {
    name: 'log in',
    async run(run) {
      const { email, password } = run.account;
      const answer = await ask(run.origin, '/v1/login', { body: { email, password } });
      const { token, challenge } = expectStatus(answer, 200, 'POST /v1/login');
      if (token === undefined && challenge !== undefined)
        throw new Finding('this account has a second factor; choose one without');
      run.token = String(token);
      const me = expectStatus(await ask(run.origin, '/v1/me', { bearer: run.token }), 200, 'GET /v1/me');
      if (me.status !== 'active')
        throw new Finding(`the account is ${me.status}: npm run admin -- approve ${email} lets it in`);
      return run.account.isKept ? 'an account that exists' : 'an account made for this run';
    },
  },
  {
    name: 'create a key',
    async run(run) {
      const { token: bearer } = run;
      const me = expectStatus(await ask(run.origin, '/v1/me', { bearer }), 200, 'GET /v1/me');
      const [plan] = me.plans as string[];
      if (plan === undefined) throw new Finding('the account may use no plan');
      const body = { name: 'smoke', plan, limits: { requestsPerDay: callsADay }, expiresIn: '1h' };
      const made = expectStatus(
        await ask(run.origin, '/v1/api-keys', { bearer, body }),
        201,
        'POST /v1/api-keys',
      );
      Object.assign(run, { keyId: String(made.id), key: String(made.key) });
      return `on ${plan}, limited to ${callsADay} calls`;
    },
  },
  {
    name: 'a chat is streamed, in pieces',
    async run(run) {
      const body = {
        model: run.model,
        stream: true,
        max_completion_tokens: maxTokens,
        messages: [{ role: 'user', content: question }],
      };
      const { response, startedAt } = await whenActive(run, body);
      requireHeaders(response, [
        'x-request-id',
        'x-ratelimit-limit-requests',
        'x-ratelimit-remaining-requests',
      ]);
      const { events, firstMs, totalMs, reads } = await readStream(response, startedAt);
      if (events.at(-1)?.data !== '[DONE]') throw new Finding('the stream did not end with [DONE]');
      if (events.length < 3) throw new Finding(`the answer came in ${events.length} events`);
      if (reads < 2)
        throw new Finding(
          `all ${events.length} events came at once after ${Math.round(totalMs)} ms: something in between holds the stream back`,
        );
      return `${events.length} events in ${reads} pieces, the first after ${Math.round(firstMs)} ms, the last after ${Math.round(totalMs)}`;
    },
  },
  {
    name: 'a whole chat',
    async run(run) {
      const answer = await askShortly(run);
      const { usage } = expectStatus(answer, 200, 'POST /v1/chat/completions');
      const { prompt_tokens, completion_tokens } = usage as Record<string, number>;
      return `${prompt_tokens} tokens in, ${completion_tokens} out; ${shown(requireHeaders(answer, ['x-ratelimit-remaining-requests']))}`;
    },
  },
  {
    name: 'Anthropic’s messages, streamed',
    async run(run) {
      const body = {
        model: run.model,
        stream: true,
        max_tokens: maxTokens,
        messages: [{ role: 'user', content: question }],
      };
      const startedAt = performance.now();
      const response = await send(run.origin, '/v1/messages', { bearer: run.key, body });
      const { events, firstMs } = await readStream(response, startedAt);
      if (events[0]?.event !== 'message_start' || events.at(-1)?.event !== 'message_stop')
        throw new Finding(`the stream began with ${events[0]?.event} and ended with ${events.at(-1)?.event}`);
      return `${events.length} events, the first after ${Math.round(firstMs)} ms`;
    },
  },
  {
    name: 'past the limit: 429',
    async run(run) {
      const answer = await askShortly(run);
      const { error } = expectStatus(answer, 429, 'the call past the limit') as { error: { code: string } };
      if (error.code !== 'quota_exceeded') throw new Finding(`the code is ${error.code}, not quota_exceeded`);
      if (answer.headers.get('x-should-retry') !== 'false') throw new Finding('x-should-retry is not false');
      return shown(requireHeaders(answer, ['retry-after', 'x-ratelimit-reset-requests']));
    },
  },
  {
    name: 'the key tells what was used',
    async run(run) {
      const answer = await ask(run.origin, '/v1/api-key', { bearer: run.key });
      const { used } = expectStatus(answer, 200, 'GET /v1/api-key');
      if (used !== callsADay) throw new Finding(`${used} calls are counted, not ${callsADay}`);
      return `${used} of ${callsADay} calls`;
    },
  },
  {
    name: 'a revoked key opens nothing',
    async run(run) {
      await revoke(run);
      const answer = await ask(run.origin, '/v1/api-key', { bearer: run.key });
      expectStatus(answer, 401, 'GET /v1/api-key after the key was revoked');
      return 'from the answer on';
    },
  },
];

const askShortly = ({ origin, model, key }: Run) =>
  ask(origin, '/v1/chat/completions', {
    bearer: key,
    body: { model, max_completion_tokens: 5, messages: [{ role: 'user', content: 'Hi' }] },
  });

/** @throws Finding if something is left, and names it */
export async function cleanUp(run: Run): Promise<string> {
  const { account, origin, token } = run;
  if (account.isKept) {
    if (run.keyId !== '') await revoke(run);
    return 'the key is revoked; the account stays';
  }
  if (token === '') {
    await account.remove();
    return 'the account is gone';
  }
  const { status } = await ask(origin, '/v1/me', { method: 'DELETE', bearer: token });
  if (status !== 200)
    throw new Finding(`DELETE /v1/me answers ${status}: delete ${account.email} by npm run admin`);
  return 'the account is gone, with its key and usage';
}

async function revoke({ origin, keyId, token }: Run): Promise<void> {
  const answer = await ask(origin, `/v1/api-keys/${keyId}`, { method: 'DELETE', bearer: token });
  // Revoked before.
  if (answer.status !== 404) expectStatus(answer, 200, 'DELETE /v1/api-keys/{id}');
}

/** The first call with a key: API Gateway may take up to a minute to know it everywhere. */
async function whenActive({ origin, key }: Run, body: object) {
  const until = performance.now() + activationMs;
  for (;;) {
    const startedAt = performance.now();
    const response = await send(origin, '/v1/chat/completions', { bearer: key, body });
    if (response.status === 200) return { response, startedAt };
    const text = await response.text();
    if (response.status !== 401 || performance.now() > until)
      throw new Finding(`POST /v1/chat/completions answers ${response.status}: ${text.slice(0, 500)}`);
    await later(2000);
  }
}

function requireHeaders({ headers }: Pick<Answer, 'headers'>, names: string[]): [string, string][] {
  return names.map((name) => {
    const value = headers.get(name);
    if (value === null) throw new Finding(`the answer lacks the header ${name}`);
    return [name, value];
  });
}

const shown = (headers: [string, string][]) => headers.map(([name, value]) => `${name} ${value}`).join(', ');

const listOf = ({ data }: Record<string, unknown>) => data as Record<string, unknown>[];
