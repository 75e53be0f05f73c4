import { ApiError, refusalIn } from './api-error.ts';

/**
 * Reads server-sent events of a chat, split anywhere, until `[DONE]`.
 * @yields the data of each event, parsed
 * @throws ApiError for an error event, for data that can't be read, and when the stream breaks off before its end;
 *   what `signal` of the fetch aborted is thrown as the browser does
 */
export async function* readChatStream<Chunk>(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<Chunk> {
  for await (const data of readEvents(body)) {
    if (data === '[DONE]') return;
    const chunk = parse(data);
    const refusal = refusalIn(chunk);
    if (refusal !== undefined) throw new ApiError('server', refusal.message, refusal);
    yield chunk as Chunk;
  }
  throw brokenOff();
}

/** The data of each event, by the standard's rules for lines, comments and several data lines. */
async function* readEvents(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  let data: string[] = [];
  for await (const line of readLines(body)) {
    if (line === '') {
      if (data.length > 0) yield data.join('\n');
      data = [];
    } else if (line === 'data' || line.startsWith('data:')) {
      data.push(line.slice('data:'.length).replace(/^ /, ''));
    }
  }
}

/** Lines end with LF, CRLF or CR; what has no end yet when the stream closes is no line. */
async function* readLines(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  let endedInReturn = false;
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        throw isAbort(cause) ? cause : brokenOff(cause);
      });
      if (done) return;
      let text = decoder.decode(value, { stream: true });
      // A line is told when its CR comes; the LF of a CRLF that comes with the next bytes ends no other one.
      if (endedInReturn && text.startsWith('\n')) text = text.slice(1);
      if (value.length > 0) endedInReturn = text.endsWith('\r');
      const lines = (rest + text).split(/\r\n|\n|\r/);
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } finally {
    // Whoever stops reading early ends the call, and with it the cost of the rest.
    await reader.cancel().catch(() => {});
  }
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch (cause) {
    throw new ApiError('server', 'A part of the answer could not be read.', {
      code: 'unreadable_answer',
      cause,
    });
  }
}

const isAbort = (cause: unknown) => cause instanceof DOMException && cause.name === 'AbortError';

function brokenOff(cause?: unknown): ApiError {
  const message = 'The answer broke off before its end. What came so far is kept.';
  return new ApiError('network', message, { code: 'network_error', cause });
}
