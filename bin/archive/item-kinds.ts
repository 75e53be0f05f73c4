import type { Item } from './item-json.ts';

/** What is done with items of a kind; a text says why they are left out. */
export interface ItemKind {
  name: string;
  restore: true | string;
  move: true | string;
}

const sentOnce = 'its mail may have been sent since';
const ofThisPlace = 'of this deployment alone';

/** By the beginnings of `pk` and `sk`; the first that fits counts. docs/data-model.md lists the items. */
const kinds: readonly (ItemKind & { pk: string; sk?: string })[] = [
  { name: 'users', pk: 'USER#', sk: 'PROFILE', restore: true, move: true },
  { name: 'keys', pk: 'USER#', sk: 'KEY#', restore: true, move: true },
  { name: 'usage days', pk: 'USER#', sk: 'USAGE#', restore: true, move: true },
  { name: 'calls', pk: 'USER#', sk: 'LEDGER#', restore: true, move: true },
  { name: 'provider keys', pk: 'USER#', sk: 'PROVIDERKEY#', restore: true, move: true },
  { name: 'sessions', pk: 'USER#', sk: 'SESSION#', restore: true, move: 'users log in anew' },
  {
    name: 'repeated answers',
    pk: 'USER#',
    sk: 'IDEMPOTENCY#',
    restore: true,
    move: 'kept for a day, and sealed for this place',
  },
  { name: 'metering', pk: 'APIKEY#', restore: true, move: true },
  { name: 'look-ups by hash', pk: 'HASH#', restore: true, move: true },
  { name: 'live keys', pk: 'LIVE#', restore: true, move: true },
  { name: 'places and decisions', pk: 'PERSON#', restore: true, move: true },
  { name: 'unfinished operations', pk: 'PENDING#', restore: true, move: true },
  { name: 'audit trail', pk: 'AUDIT#', restore: true, move: true },
  { name: 'customers', pk: 'CUSTOMER#', restore: true, move: true },
  { name: 'billing events', pk: 'STRIPEEVENT#', restore: true, move: true },
  { name: 'counters', pk: 'LIMIT#', restore: true, move: true },
  { name: 'sign-ups', pk: 'SIGNUP#', restore: true, move: 'whoever has not confirmed signs up anew' },
  {
    name: 'one-time messages',
    pk: 'MESSAGE#',
    restore: 'one that was shown since would be shown again',
    move: 'sealed for this place, and gone within a day or so',
  },
  { name: 'warnings to mail', pk: 'WARNING#', restore: sentOnce, move: sentOnce },
  { name: 'notices to mail', pk: 'NOTICE#', restore: sentOnce, move: sentOnce },
  { name: 'feedback to mail', pk: 'FEEDBACK#', restore: sentOnce, move: sentOnce },
  { name: 'reconciler', pk: 'RECONCILER', restore: ofThisPlace, move: ofThisPlace },
];

/** @throws Error for an item of no kind, which a newer version has made */
export function kindOf(item: Item): ItemKind {
  const [pk, sk] = [item.pk?.S ?? '', item.sk?.S ?? ''];
  const kind = kinds.find((one) => pk.startsWith(one.pk) && sk.startsWith(one.sk ?? ''));
  if (kind === undefined)
    throw new Error(
      `The item ${pk} / ${sk} is of no kind that this version knows. Was it made by a newer one?`,
    );
  return kind;
}

export const kindNames = kinds.map(({ name }) => name);
