export const writeKinds = [
  'gate',
  'settle',
  'moveDay',
  'refusal',
  'refund',
  'ledger',
  'keys',
  'profile',
] as const;
export type WriteKind = (typeof writeKinds)[number];

/**
 * Write units of one write of each kind, by docs/metering.md: items under a kilobyte take one, and in a transaction
 * two. A call's line is copied to the index of all calls.
 */
export const writeUnits: Record<WriteKind, number> = {
  gate: 1,
  settle: 1,
  /** With the first call of a day: off the meter, and to the row of the day before. */
  moveDay: 4,
  refusal: 1,
  refund: 1,
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

/**
 * What a ceiling in both adds to the table altogether. The gate's own write becomes part of a transaction, and so does what
 * gives a charge back. Of settlements next to none adds to the sum of dollars.
 */
export const ceilingCost = { charge: 1 + 2, settle: 0, refund: 1 + 2, readsOfCharge: 1 };
