import type { Input } from './input.ts';
import type { KeyRing } from './keys.ts';
import { pageOf } from './page.ts';

export function listKeys(ring: KeyRing, input: Input) {
  const { page, paging } = pageOf(ring.keys.list(), input);
  return { Keys: page.map(({ value }) => ({ KeyId: value.keyId, KeyArn: ring.arnOf(value) })), ...paging };
}
