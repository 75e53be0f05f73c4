import { DaypassError } from '../../core/errors.ts';

/** The form of ids that core/keys/key-id.ts makes. */
const keyIdForm = /^key_[0-9a-z]{26}$/;

/** Whether a text from outside can be the id of a key; anything else need not be looked for. */
export function isKeyId(text: string): boolean {
  return keyIdForm.test(text);
}

export function invalidCursor(): DaypassError {
  return new DaypassError(
    'invalid_request',
    'cursor must be the nextCursor of the page before, asked for with the same query.',
    { param: 'cursor' },
  );
}
