import type { Readable } from 'node:stream';
import { toHeartbeatStream } from './event-stream.ts';

/** JSON may begin with white space, so line breaks can keep the connection open. */
const beat = '\n';

/**
 * JSON that may take long. If it is ready in time it is the answer, and its failure is thrown, with a status of its own.
 * Otherwise the answer begins at once with white space, and ends with the JSON or the body of its failure
 * (docs/decisions/0013-slow-whole-answers.md).
 *
 * @param patience resolves when the answer must begin
 * @throws whatever `work` throws in time
 */
export async function slowJson(
  work: Promise<string>,
  patience: Promise<unknown>,
  failureBody: (error: unknown) => string,
): Promise<string | Readable> {
  const told = work.catch(failureBody);
  const ready = await Promise.race([work, patience.then(() => undefined)]);
  return ready ?? toHeartbeatStream(beginning(told), beat);
}

async function* beginning(told: Promise<string>): AsyncIterable<string> {
  yield beat;
  yield await told;
}
