import type { CatalogModel } from '../catalog.ts';
import type { Provider } from '../chat/provider.ts';
import { DaypassError } from '../errors.ts';
import type { Charge } from '../metering/ports.ts';

/** A provider key of the caller's own: sent with the call, kept for its Daypass key, or kept for the whole account. */
export interface OwnKey {
  secret: string;
  from: 'request' | 'key' | 'account';
}

export interface OwnKeys {
  /** The key's own provider key, or else the account's. */
  find(owner: { userId: string; keyId: string }, provider: string): Promise<OwnKey | undefined>;
}

/** Keys that a call brings in its headers. */
export interface SentKeys {
  /** For the provider of the model asked for. */
  any?: string | undefined;
  /** For the provider named `openai`. */
  openai?: string | undefined;
}

/** @param headers names in lower case */
export function sentKeysOf(headers: Readonly<Record<string, string | undefined>>): SentKeys {
  return { any: headers['x-provider-key'], openai: headers['x-openai-key'] };
}

const openAi = 'openai';

interface Asked {
  /** The model that answers: the one asked for, or a fallback. */
  model: Pick<CatalogModel, 'name' | 'provider'>;
  wanted: Pick<CatalogModel, 'provider'>;
  sent: SentKeys;
  charge: Pick<Charge, 'userId' | 'keyId' | 'requiresProviderKey'>;
}

/**
 * The key to ask with in place of the operator's: the request's, the key's, the account's, in this order.
 * @throws DaypassError `provider_key_required` for a key that may not be used without one
 */
export async function findOwnKey(
  ownKeys: OwnKeys | undefined,
  { takesOwnKeys }: Pick<Provider, 'takesOwnKeys'>,
  { model, wanted, sent, charge }: Asked,
): Promise<OwnKey | undefined> {
  const own =
    takesOwnKeys === true ? (sentKey() ?? (await ownKeys?.find(charge, model.provider))) : undefined;
  if (own === undefined && charge.requiresProviderKey === true) throw ownKeyRequired(model);
  return own;

  function sentKey(): OwnKey | undefined {
    const ofOpenAi = model.provider === openAi ? sent.openai : undefined;
    const secret = ofOpenAi ?? (model.provider === wanted.provider ? sent.any : undefined);
    return secret === undefined ? undefined : { secret: requireKeyForm(secret), from: 'request' };
  }
}

/** As a header takes it. @throws DaypassError `invalid_request` */
function requireKeyForm(secret: string): string {
  if (/^[!-~]{8,512}$/.test(secret)) return secret;
  throw new DaypassError(
    'invalid_request',
    'The provider key in X-PROVIDER-KEY or X-OPENAI-KEY must be 8 to 512 visible ASCII characters.',
  );
}

export function ownKeyRequired({ name, provider }: Pick<CatalogModel, 'name' | 'provider'>): DaypassError {
  return new DaypassError(
    'provider_key_required',
    `'${name}' needs a key of your own for the provider '${provider}'. Send it as X-PROVIDER-KEY, or keep it by PUT /v1/provider-keys/${provider}.`,
  );
}

/** Whether no provider was asked, for want of a key. */
export function isOwnKeyRequired(error: unknown): boolean {
  return error instanceof DaypassError && error.code === 'provider_key_required';
}

/** The provider refused a caller's own key. It may quote the key, so nothing of its answer is repeated. */
export function ownKeyRefused(): DaypassError {
  return new DaypassError(
    'provider_key_refused',
    'The provider refuses your own key. Check the key and what it may be used for.',
  );
}
