/** Conditions on uses of the sealing key: what is sealed for one operation, functions for others can't open. */
const sealedFor = (...operations: string[]) => ({
  StringLike: { 'kms:EncryptionContext:operation': operations },
});

/** core/provider-keys/kept-keys.ts */
export const sealedForProviders = sealedFor('provider-key');
/** core/one-time-messages/sealed-text.ts */
export const sealedForMessages = sealedFor('one-time-message');
/** Answers to calls with an `Idempotency-Key`. */
export const sealedForAnswers = sealedFor('create', 'rotate.*');
