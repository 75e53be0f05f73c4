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
      'Yours to choose, new for each thing you want done: 1 to 255 visible ASCII characters. The same call with the same key within 24 hours makes nothing new and gets the same value again, with the key as it is then; 409 `key_ended` once that value works no longer',
    required: false,
    schema: idempotencyKey,
  },
} as const satisfies Record<string, HeaderContract>;
