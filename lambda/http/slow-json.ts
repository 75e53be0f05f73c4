import type { Readable } from 'node:stream';
import { toHeartbeatStream } from './event-stream.ts';

/** JSON may begin with white space, so line breaks keep the connection open. */
const beat = '\n';

/**
 * JSON that may take a long time. If it is ready in time, it is the answer, or its error is thrown and sets the status.
 * Otherwise the answer begins with white space and ends with the JSON or the body of its refusal
 * (docs/decisions/0013-slow-whole-answers.md).
 *
 * @param patience resolves when the answer must begin
 * @throws what `work` throws in time
 */
export async function slowJson(
  work: Promise<string>,
  patience: Promise<unknown>,
  failureBody: (error: unknown) => string,
): Promise<string | Readable> {
  const body = work.catch(failureBody);
  const ready = await Promise.race([work, patience.then(() => undefined)]);
  return ready ?? toHeartbeatStream(beginning(body), beat);
}

async function* beginning(body: Promise<string>): AsyncIterable<string> {
  yield beat;
  yield await body;
}
