import type { AnswerPart } from './answer-part.ts';
import { createStopScanner } from './stop-scanner.ts';

/** Ends an answer before the first stop sequence its text completes, however the text is cut into parts. */
export function stopAtSequences(
  parts: AsyncIterable<AnswerPart>,
  sequences: readonly string[],
): AsyncIterable<AnswerPart> {
  return sequences.length === 0 ? parts : stopped(parts, sequences);
}

async function* stopped(
  parts: AsyncIterable<AnswerPart>,
  sequences: readonly string[],
): AsyncGenerator<AnswerPart> {
  const scanner = createStopScanner(sequences);
  for await (const part of parts) {
    if (part.kind !== 'text') {
      const text = scanner.rest();
      if (text !== '') yield { kind: 'text', text };
      yield part;
      continue;
    }
    const { text, stopped } = scanner.push(part.text);
    if (text !== '') yield { kind: 'text', text };
    if (stopped !== undefined) {
      yield { kind: 'end', stopReason: 'stop_sequence', stopSequence: stopped };
      return;
    }
  }
}
