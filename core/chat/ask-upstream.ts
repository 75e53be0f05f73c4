import type { CatalogModel } from '../catalog.ts';
import type { DaypassError } from '../errors.ts';
import { ownKeyRefused, ownKeyRequired } from '../provider-keys/own-key.ts';
import type { AskOptions } from './provider.ts';
import type { OperatorKey, SendUpstream, UpstreamAnswer, UpstreamCall } from './upstream.ts';

export interface UpstreamPorts {
  send: SendUpstream;
  /** Undefined where the operator has none. */
  key: OperatorKey | undefined;
  /** Whether callers may use keys of their own. If not, and the operator has none, no key is sent. */
  takesOwnKeys: boolean;
}

/** What providers' APIs do each in their own way. */
interface Api {
  keyHeaders(secret: string): Record<string, string>;
  /** @param text the body of an answer without a 200 */
  refusalOf(answer: UpstreamAnswer, text: string): DaypassError;
}

/** By which providers say that a key is wrong, may not be used so, or is not paid for. */
const keyStatuses: ReadonlySet<number> = new Set([401, 402, 403, 404]);

/**
 * Sends a call with the caller's own key, or else with the operator's.
 * @throws DaypassError for a refusal of the provider
 */
export async function askUpstream(
  { send, key, takesOwnKeys }: UpstreamPorts,
  { keyHeaders, refusalOf }: Api,
  { call, model }: { call: UpstreamCall; model: Pick<CatalogModel, 'name' | 'provider'> },
  { signal, ownKey }: Pick<AskOptions, 'signal' | 'ownKey'>,
): Promise<UpstreamAnswer> {
  const secret = ownKey ?? (await key?.read());
  if (secret === undefined && takesOwnKeys) throw ownKeyRequired(model);
  const headers = {
    ...call.headers,
    'content-type': 'application/json',
    ...(secret !== undefined && keyHeaders(secret)),
  };
  const answer = await send({ ...call, headers }, signal);
  if (answer.status === 200) return answer;
  const text = await answer.text();
  if (ownKey === undefined && answer.status === 401) key?.forget();
  const refusal = refusalOf(answer, text);
  const isOfKey = keyStatuses.has(answer.status) && refusal.code !== 'model_refused_request';
  throw ownKey !== undefined && isOfKey ? ownKeyRefused() : refusal;
}
