import * as z from 'zod';
import type { HeaderContract } from './route-contract.ts';

export const idempotencyKey = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[!-~]*$/);

/** Of the calls that can be repeated safely. */
export const idempotencyHeaders = {
  'Idempotency-Key': {
    description:
      'Makes the call safe to retry. Choose a new one for each operation: 1 to 255 visible ASCII characters. Within 24 hours, the same call with the same `Idempotency-Key` changes nothing and returns the same secret again, with the key as it is then; once that secret has stopped working, it is refused with 409 `key_ended`',
    required: false,
    schema: idempotencyKey,
  },
} as const satisfies Record<string, HeaderContract>;
