import { DaypassError } from '../../core/errors.ts';

export function invalidCursor(): DaypassError {
  return new DaypassError(
    'invalid_request',
    'cursor must be the nextCursor of the page before, asked for with the same query.',
    { param: 'cursor' },
  );
}
