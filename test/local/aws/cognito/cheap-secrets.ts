import { generateKeyPairSync } from 'node:crypto';
import { cheapHashCost } from '../../../../local/aws/cognito/passwords/slow-hash.ts';

const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });

/** For tests that make many users and pools: hashes that cost little, and one signing key for a test file. */
export const cheapSecrets = { hashCost: cheapHashCost, newSigningKey: () => key };
