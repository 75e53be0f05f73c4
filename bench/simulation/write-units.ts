export const writeKinds = [
  'gate',
  'settle',
  'firstSettle',
  'refusal',
  'refund',
  'tidy',
  'ledger',
  'keys',
  'profile',
] as const;
export type WriteKind = (typeof writeKinds)[number];

/**
 * Write units of one write of each kind, by docs/metering.md: items under a kilobyte take one, and in a transaction
 * two. Settling and refunding are transactions of two items, one of which is the ledger's.
 */
export const writeUnits: Record<WriteKind, number> = {
  gate: 1,
  settle: 2,
  /** No row is there yet: a check of the user besides. */
  firstSettle: 2,
  refusal: 1,
  refund: 2,
  tidy: 1,
  ledger: 2,
  /** Transactions of four and six items (lambda/adapters/keys). */
  keys: 20,
  profile: 1,
};

/**
 * Of a ceiling in requests: its items take the most, one write in each charge's transaction. A charge past its plan is
 * sent too, and cancelled. Spend is only added with settlements, to items of its own.
 */
export const ceilingChargeUnits = 2;

/** What a ceiling in both adds to the table altogether: the gate's own write becomes part of a transaction too. */
export const ceilingCost = { charge: 1 + 2, settle: 2, refund: 2, readsOfCharge: 1 };
