import { DaypassError } from '../../../core/errors.ts';
import { refusalOf } from './refusals.ts';

/** Cognito's names for a code that is wrong, and for one that was used. */
const wrongCodes = ['CodeMismatchException', 'ExpiredCodeException', 'EnableSoftwareTokenMFAException'];

/** @throws DaypassError `invalid_code`, or `invalid_credentials` if the login has waited too long */
export async function answerCode<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error && wrongCodes.includes(error.name)) {
      throw new DaypassError('invalid_code', 'This code is wrong, or was used already. Enter the next one.', {
        param: 'code',
      });
    }
    if (error instanceof Error && /invalid session/i.test(error.message)) {
      throw new DaypassError('invalid_credentials', 'This login has waited too long. Log in again.', {
        param: 'session',
      });
    }
    throw refusalOf(error);
  }
}
