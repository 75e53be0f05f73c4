import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { addPerson, call, createKey, type Person } from './client.ts';
import type { RunningRuntime } from './runtime.ts';

/** Somebody with a key and the official clients, as they come; only what was answered is counted on the way. */
export interface SdkCaller {
  person: Person;
  key: { id: string; key: string };
  openai: OpenAI;
  anthropic: Anthropic;
  /** Metered calls that were answered with 200 so far. */
  answered(): number;
}

export async function newSdkCaller(runtime: RunningRuntime): Promise<SdkCaller> {
  const person = await addPerson(runtime);
  const key = await createKey(runtime, person.token, { plan: '30-per-day' });
  let answered = 0;
  const counted: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    const metered = !/\/v1\/(models|messages\/count_tokens)/.test(String(input));
    if (metered && response.status === 200) answered += 1;
    return response;
  };
  const options = { apiKey: key.key, maxRetries: 0, fetch: counted };
  return {
    person,
    key,
    openai: new OpenAI({ ...options, baseURL: `${runtime.edge}/v1` }),
    anthropic: new Anthropic({ ...options, baseURL: runtime.edge }),
    answered: () => answered,
  };
}

/** What was recorded of a caller’s day. */
export async function recordedOf(runtime: RunningRuntime, { key, person }: SdkCaller) {
  const [standing, usage] = await Promise.all([
    call(runtime.edge, '/v1/api-key', { key: key.key }),
    call(runtime.edge, `/v1/usage?keyId=${key.id}`, { token: person.token }),
  ]);
  const [row = { requests: 0 }] = usage.body.data;
  return { used: standing.body.used, row };
}
