import type { Readable } from 'node:stream';
import { toHeartbeatStream } from './event-stream.ts';

/** JSON may begin with white space, so a line break keeps the connection open and means nothing. */
const beat = '\n';

/**
 * JSON that may take long. What is ready in time is answered as it is, and its failure is thrown, with a status of its
 * own. Otherwise the answer begins with white space at once, and ends with the JSON or with what is told of its failure
 * (docs/decisions/0013-slow-whole-answers.md).
 *
 * @param patience resolves when the answer must begin
 * @throws whatever `work` throws in time
 */
export async function slowJson(
  work: Promise<string>,
  patience: Promise<unknown>,
  tellFailure: (error: unknown) => string,
): Promise<string | Readable> {
  const told = work.catch(tellFailure);
  const ready = await Promise.race([work, patience.then(() => undefined)]);
  return ready ?? toHeartbeatStream(beginning(told), beat);
}

async function* beginning(told: Promise<string>): AsyncIterable<string> {
  yield beat;
  yield await told;
}
