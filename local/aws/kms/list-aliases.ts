import { type Input, optionalString } from './input.ts';
import type { KeyRing } from './keys.ts';
import { pageOf } from './page.ts';

export function listAliases(ring: KeyRing, input: Input) {
  const reference = optionalString(input, 'KeyId');
  const keyId = reference === undefined ? undefined : ring.find(reference).keyId;
  const wanted = ring.aliases.list().filter(({ value }) => keyId === undefined || value.keyId === keyId);
  const { page, paging } = pageOf(wanted, input);
  const Aliases = page.map(({ id, value }) => ({
    AliasName: id,
    AliasArn: ring.aliasArn(id),
    TargetKeyId: value.keyId,
    CreationDate: value.createdAt / 1000,
    LastUpdatedDate: value.updatedAt / 1000,
  }));
  return { Aliases, ...paging };
}
