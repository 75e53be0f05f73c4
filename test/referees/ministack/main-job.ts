import { addPerson, type Call, call, chatBody, newPassword } from '../../e2e/client.ts';
import type { Finding } from '../referee.ts';

interface Place {
  /** The API, without /v1. */
  edge: string;
  /** AWS's APIs. */
  aws: string;
}

/** The main job but for chat itself, whose answers are streamed. Each answer is held against the OpenAPI document as well. */
export async function doMainJob(place: Place): Promise<{ steps: number; findings: Finding[] }> {
  const findings: Finding[] = [];
  let steps = 0;
  const step = async <T>(name: string, work: () => Promise<T>): Promise<T | undefined> => {
    steps += 1;
    try {
      return await work();
    } catch (error) {
      findings.push({
        rule: 'main job',
        where: name,
        text: error instanceof Error ? error.message : String(error),
      });
      return undefined;
    }
  };
  const ask = (name: string, path: string, status: number, options: Call = {}, holds: Holds = () => true) =>
    step(name, async () => {
      const answer = await call(place.edge, path, options);
      const { body, text } = answer;
      if (answer.status !== status || !holds(body))
        throw new Error(`${options.method ?? ''} ${path} answered ${answer.status}: ${text.slice(0, 300)}`);
      return body;
    });

  /** Of what the gateway itself says its headers aren't looked at, but once below. */
  const askGateway = (name: string, path: string, status: number, code: string, options: Asking = {}) =>
    step(name, async () => {
      const { body, key } = options;
      const answer = await fetch(`${place.edge}${path}`, {
        ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
        headers: { 'content-type': 'application/json', ...(key !== undefined && { 'x-api-key': key }) },
      });
      const text = await answer.text();
      if (answer.status !== status || !text.includes(`"${code}"`))
        throw new Error(`${path} answered ${answer.status}: ${text.slice(0, 300)}`);
    });

  await ask('register', '/v1/register', 201, {
    body: { email: 'new@example.com', password: newPassword() },
  });
  // Nobody reads mail there, so that an operator's command confirms.
  const person = await step('log in', () => addPerson(place));
  const token = person?.token;
  await ask('who am I', '/v1/me', 200, { token }, ({ email }) => email === person?.email);
  await askGateway('who am I, without a token', '/v1/me', 401, 'unauthorized');
  await ask('plans', '/v1/plans', 200, {}, ({ data }) => data.length >= 3);
  await ask('models', '/v1/models', 200, {}, ({ data }) => data.length >= 1);
  const plan = '10-per-day';
  const chat = '/v1/chat/completions';
  const created = await ask('create a key', '/v1/api-keys', 201, { token, body: { name: 'laptop', plan } });
  const { id, key } = created ?? {};
  await ask('list keys', '/v1/api-keys', 200, { token }, ({ data }) =>
    data.some((each: Json) => each.id === id),
  );
  await ask('get a key', `/v1/api-keys/${id}`, 200, { token }, ({ name }) => name === 'laptop');
  await ask('the key itself', '/v1/api-key', 200, { key }, ({ limit }) => limit === 10);
  await ask('rename a key', `/v1/api-keys/${id}`, 200, renaming(token), ({ name }) => name === 'desk');
  const rotate = { method: 'POST', token, body: { graceSeconds: 0 } };
  const rotated = await ask('rotate a key', `/v1/api-keys/${id}/rotate`, 200, rotate);
  await ask('the new key', '/v1/api-key', 200, { key: rotated?.key });
  await ask('the old key', '/v1/api-key', 401, { key }, isRefusal('invalid_api_key'));
  await ask('usage', '/v1/usage', 200, { token }, ({ data }) => Array.isArray(data));
  await askGateway('chat without a key', chat, 401, 'invalid_api_key', { body: chatBody() });
  await askGateway('chat', chat, 200, 'chat.completion', { key: rotated?.key, body: chatBody() });
  await askGateway('a route that does not exist', '/v1/nowhere', 404, 'not_found');
  await ask('the gateway’s request id', '/v1/nowhere', 404);
  const revoke = { method: 'DELETE', token };
  await ask('revoke a key', `/v1/api-keys/${id}`, 200, revoke, ({ status }) => status === 'revoked');
  await ask('the revoked key', '/v1/api-key', 401, { key: rotated?.key }, isRefusal('invalid_api_key'));
  return { steps, findings };
}

// biome-ignore lint/suspicious/noExplicitAny: the contract check has proven the shape
type Json = any;
type Asking = Pick<Call, 'key' | 'body'>;
type Holds = (body: Json) => boolean;

function isRefusal(code: string): Holds {
  return (body) => body.error.code === code;
}

function renaming(token: string | undefined): Call {
  return { method: 'PATCH', token, body: { name: 'desk' } };
}
