import { DaypassError } from '../../core/errors.ts';

export function invalidCursor(): DaypassError {
  return new DaypassError(
    'invalid_request',
    'cursor must be the nextCursor of the page before, with the same query.',
    { param: 'cursor' },
  );
}
