import { t } from '../language/t.ts';

/** A browser, or what it is asked to do, took no passkey; or the user has cancelled. The message is for people. */
export class PasskeyError extends Error {}

type Options = Record<string, unknown>;

/** Older browsers have passkeys without the JSON forms of their options. */
export const takesPasskeys = (): boolean =>
  typeof globalThis.PublicKeyCredential?.parseRequestOptionsFromJSON === 'function';

/** @throws PasskeyError */
export async function signWithPasskey(options: Options): Promise<Options> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(
    options as unknown as PublicKeyCredentialRequestOptionsJSON,
  );
  return toJson(navigator.credentials.get({ publicKey }));
}

/** @throws PasskeyError */
export async function makePasskey(options: Options): Promise<Options> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
    options as unknown as PublicKeyCredentialCreationOptionsJSON,
  );
  return toJson(navigator.credentials.create({ publicKey }));
}

async function toJson(asked: Promise<Credential | null>): Promise<Options> {
  const credential = await asked.catch((error: unknown) => {
    throw new PasskeyError(wordsOf(error), { cause: error });
  });
  if (credential === null) throw new PasskeyError(cancelled());
  return (credential as PublicKeyCredential).toJSON() as unknown as Options;
}

const cancelled = () => t('No passkey was used. Try again.');

/** Browsers don't say whether the user cancelled or there was no passkey, so that pages can't find out. */
function wordsOf(error: unknown): string {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'InvalidStateError') return t('This device already has a passkey of your account.');
  if (name === 'SecurityError') return t('Passkeys don’t work at this address of the console.');
  return cancelled();
}
