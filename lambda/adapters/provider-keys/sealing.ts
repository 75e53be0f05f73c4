import { type KeyBinding, sealedFor } from '../../../core/provider-keys/kept-keys.ts';
import { createAwsJson } from '../aws/aws-json.ts';

function contextOf({ userId, scope, provider, host }: KeyBinding): Record<string, string> {
  return { operation: sealedFor, userId, scope, provider, host };
}

/** Seals with KMS, which encrypts no more than 4,096 bytes itself: enough for a key. */
export function createSeal(sealingKeyId: string) {
  const call = createAwsJson('kms', 'TrentService');
  return async (binding: KeyBinding, secret: string): Promise<string> => {
    const { CiphertextBlob: sealed } = await call('Encrypt', {
      KeyId: sealingKeyId,
      Plaintext: Buffer.from(secret).toString('base64'),
      EncryptionContext: contextOf(binding),
    });
    if (typeof sealed !== 'string') throw new Error('KMS Encrypt answered no ciphertext');
    return sealed;
  };
}

/** So many opened keys are kept in memory, for so long. */
const mostOpened = 200;
const openedMs = 5 * 60_000;

/** Opens with KMS, which finds its key by the ciphertext. */
export function createOpen(now: () => number = Date.now) {
  const call = createAwsJson('kms', 'TrentService');
  const opened = new Map<string, { secret: string; until: number }>();
  return async (binding: KeyBinding, sealed: string): Promise<string> => {
    // With all that it is bound to, so that nothing opened for one is found for another.
    const name = JSON.stringify([contextOf(binding), sealed]);
    const known = opened.get(name);
    if (known !== undefined && known.until > now()) return known.secret;
    const { Plaintext: text } = await call('Decrypt', {
      CiphertextBlob: sealed,
      EncryptionContext: contextOf(binding),
    });
    if (typeof text !== 'string') throw new Error('KMS Decrypt answered no plaintext');
    const secret = Buffer.from(text, 'base64').toString('utf8');
    if (opened.size >= mostOpened) opened.clear();
    opened.set(name, { secret, until: now() + openedMs });
    return secret;
  };
}
