import type { CodeLanguage } from '../../../parts/code/code-language.ts';

/** The headers that callers act on. */
const shown = /^(content-type|location|retry-after|x-request-id|x-should-retry|x-ratelimit-.+)$/;

export function shownHeaders(headers: Headers): [name: string, value: string][] {
  return [...headers].filter(([name]) => shown.test(name));
}

/** Indents JSON; leaves anything else, and unfinished JSON, as it is. */
export function readableText(text: string): { text: string; language: CodeLanguage } {
  try {
    return { text: JSON.stringify(JSON.parse(text), undefined, 2), language: 'json' };
  } catch {
    return { text, language: 'text' };
  }
}

/** The text of a body as it arrives. @throws the reader's error if the body is cut off */
export async function* textOf(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      const text = decoder.decode(value, { stream: true });
      if (text !== '') yield text;
    }
    const rest = decoder.decode();
    if (rest !== '') yield rest;
  } finally {
    await reader.cancel().catch(() => {});
  }
}
