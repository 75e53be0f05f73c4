const eventLimitCharacters = 4 * 1024 * 1024;

/**
 * The `data` of each server-sent event, as its bytes arrive. An event the connection's end cut off is still
 * given when its line was whole: some servers leave out the blank line after `[DONE]`.
 * @throws when one event grows beyond four million characters
 */
export async function* readSseData(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let data: string[] = [];
  for await (const line of readLines(bytes)) {
    if (line === '') {
      if (data.length > 0) yield data.join('\n');
      data = [];
    } else if (line.startsWith('data:')) {
      data.push(line.slice(line.startsWith('data: ') ? 6 : 5));
    }
  }
  if (data.length > 0) yield data.join('\n');
}

async function* readLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let pending = '';
  for await (const chunk of bytes) {
    pending += decoder.decode(chunk, { stream: true });
    // A CR at the end may be the first half of a CRLF: it waits for what follows.
    const lines = pending.split(/\r\n|\n|\r(?!$)/);
    pending = lines.pop() ?? '';
    if (pending.length > eventLimitCharacters) throw new Error('a server-sent event is too long');
    yield* lines;
  }
  pending += decoder.decode();
  if (pending !== '') yield pending.replace(/\r$/, '');
}
