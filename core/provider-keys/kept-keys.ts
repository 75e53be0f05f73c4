import { DaypassError } from '../errors.ts';

/** Whose calls may use it: one Daypass key's, or all of the account's. */
export type KeyScope = 'account' | (string & {});

/** Of the encryption context; roles are limited by it: lib/constructs/functions/sealing-access.ts. */
export const sealedFor = 'provider-key';

/** What a sealed provider key is bound to: under another user, scope, provider or host it can't be opened. */
export interface KeyBinding {
  userId: string;
  scope: KeyScope;
  provider: string;
  /** Of the provider's base URL, with its port. */
  host: string;
}

export interface KeptKey {
  scope: KeyScope;
  provider: string;
  host: string;
  last4: string;
  sealed: string;
  createdAt: number;
}

export type KeyName = Pick<KeyBinding, 'userId' | 'scope' | 'provider'>;

export interface KeptKeys {
  /** @returns false when the account is being deleted, or the Daypass key is gone */
  put(userId: string, key: KeptKey): Promise<boolean>;
  find(name: KeyName): Promise<KeptKey | undefined>;
  /** @returns what was deleted */
  delete(name: KeyName): Promise<KeptKey | undefined>;
}

export interface KeptKeyPorts {
  kept: KeptKeys;
  seal(binding: KeyBinding, secret: string): Promise<string>;
  /** Hosts of the providers that take keys of callers, by their names. */
  hosts: Readonly<Record<string, string>>;
  clock: { now(): number };
}

/** @throws DaypassError `not_found` for a provider that takes no keys of callers, with those that do */
export function hostOf({ hosts }: Pick<KeptKeyPorts, 'hosts'>, provider: string | undefined): string {
  const host = Object.hasOwn(hosts, provider ?? '') ? hosts[provider ?? ''] : undefined;
  if (host !== undefined) return host;
  const names = Object.keys(hosts).map((name) => `'${name}'`);
  const offered = names.length === 0 ? 'None does here.' : `Those that do: ${names.join(', ')}.`;
  throw new DaypassError('not_found', `There is no such provider that takes keys of your own. ${offered}`);
}

/** @throws DaypassError `not_found` for a provider that takes no keys of callers */
export async function sealKey(
  ports: Pick<KeptKeyPorts, 'seal' | 'hosts' | 'clock'>,
  { userId, scope, provider }: KeyName,
  secret: string,
): Promise<KeptKey> {
  const host = hostOf(ports, provider);
  const sealed = await ports.seal({ userId, scope, provider, host }, secret);
  return { scope, provider, host, last4: secret.slice(-4), sealed, createdAt: ports.clock.now() };
}

/** Replaces the one that was kept. */
export async function keepKey(ports: KeptKeyPorts, name: KeyName, secret: string): Promise<KeptKey> {
  const key = await sealKey(ports, name, secret);
  if (await ports.kept.put(name.userId, key)) return key;
  throw new DaypassError('key_ended', 'This key or account has ended meanwhile, so nothing was kept.');
}

export async function findKept({ kept, ...ports }: KeptKeyPorts, name: KeyName): Promise<KeptKey> {
  hostOf(ports, name.provider);
  const key = await kept.find(name);
  if (key !== undefined) return key;
  throw noneKept(name);
}

/** Of the providers that take keys of callers, in their order. */
export async function listKept(
  { kept, hosts }: Pick<KeptKeyPorts, 'kept' | 'hosts'>,
  owner: Omit<KeyName, 'provider'>,
): Promise<KeptKey[]> {
  const found = await Promise.all(Object.keys(hosts).map((provider) => kept.find({ ...owner, provider })));
  return found.filter((key) => key !== undefined);
}

/** Also of a provider that is no longer listed. */
export async function deleteKept({ kept }: Pick<KeptKeyPorts, 'kept'>, name: KeyName): Promise<KeptKey> {
  const key = await kept.delete(name);
  if (key !== undefined) return key;
  throw noneKept(name);
}

/** Never the key itself. */
export function describeKept({ scope, provider, last4, createdAt }: KeptKey) {
  return {
    provider,
    keyId: scope === 'account' ? null : scope,
    last4,
    createdAt: new Date(createdAt).toISOString(),
  };
}

function noneKept({ provider }: KeyName): DaypassError {
  return new DaypassError('not_found', `No key of yours for '${provider}' is kept here.`);
}
