import type { OperatorKey } from '../../core/chat/upstream.ts';
import { DaypassError } from '../../core/errors.ts';
import { createAwsJson } from './aws/aws-json.ts';

/** So that a secret that was replaced is used everywhere soon. */
const keptMs = 5 * 60_000;

/**
 * A key of the operator's, from Secrets Manager, kept in memory for a while.
 * @param secretId name or ARN
 * @param unreadable what callers are told when it can't be read
 */
export function createKeptSecret(
  secretId: string,
  unreadable: string,
  now: () => number = Date.now,
): OperatorKey {
  const call = createAwsJson('secretsmanager', 'secretsmanager');
  let kept: { value: Promise<string>; until: number } | undefined;
  const read = async () => {
    const { SecretString: text } = await call('GetSecretValue', { SecretId: secretId });
    const key = typeof text === 'string' ? text.trim() : '';
    // What no header takes is no key, such as JSON with line breaks.
    if (!/^[!-~]+$/.test(key)) throw new Error('The secret holds no key: store the key alone, as text');
    return key;
  };
  return {
    async read() {
      if (kept === undefined || kept.until <= now()) kept = { value: read(), until: now() + keptMs };
      const { value } = kept;
      try {
        return await value;
      } catch (error) {
        if (kept?.value === value) kept = undefined;
        throw new DaypassError('service_unavailable', unreadable, { cause: error, retryAfterSeconds: 5 });
      }
    },
    forget() {
      kept = undefined;
    },
  };
}
