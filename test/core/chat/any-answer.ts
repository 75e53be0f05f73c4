import fc from 'fast-check';
import type { ConverseEvent } from '../../../core/providers/bedrock/converse-shapes.ts';

type Block =
  | { kind: 'text'; pieces: string[] }
  | { kind: 'thought'; pieces: string[]; signature: string[] }
  | { kind: 'hidden'; bytes: Uint8Array }
  | { kind: 'call'; id: string; name: string; pieces: string[] };

const words = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.string({ unit: 'grapheme', maxLength: 5 }),
  fc.constant('🚀\n\n'),
);
const pieces = fc.array(words, { minLength: 1, maxLength: 4 });
const name = fc.stringMatching(/^[a-zA-Z0-9_-]{1,10}$/);

/** JSON of an input, cut where it comes; models write nothing at all for an empty one. */
const input = fc
  .tuple(
    fc.dictionary(name, fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 }),
    fc.array(fc.nat(40), { maxLength: 3 }),
  )
  .map(([value, cuts]) => {
    const json = JSON.stringify(value);
    const places = [0, ...cuts.filter((at) => at < json.length).toSorted((a, b) => a - b), json.length];
    return json === '{}' ? [''] : places.slice(1).map((end, at) => json.slice(places[at], end));
  });

const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), pieces }),
  fc.record({ kind: fc.constant('thought' as const), pieces, signature: fc.array(name, { maxLength: 2 }) }),
  fc.record({ kind: fc.constant('hidden' as const), bytes: fc.uint8Array({ minLength: 1, maxLength: 6 }) }),
  fc.record({ kind: fc.constant('call' as const), id: fc.uuid(), name, pieces: input }),
);

const count = fc.nat(5000);
const usage = fc.record({
  inputTokens: count,
  outputTokens: count,
  cacheReadInputTokens: count,
  cacheWriteInputTokens: count,
});

/** One answer as Bedrock sends it: blocks one after the other, numbered with gaps, a stop, and the count. */
export const anyAnswer: fc.Arbitrary<ConverseEvent[]> = fc
  .record({
    blocks: fc.array(fc.tuple(block, fc.integer({ min: 1, max: 3 })), { maxLength: 5 }),
    stopReason: fc.constantFrom(
      'end_turn',
      'tool_use',
      'max_tokens',
      'stop_sequence',
      'guardrail_intervened',
      'content_filtered',
      'model_context_window_exceeded',
      'brand_new_reason',
    ),
    usage,
  })
  .map(({ blocks, stopReason, usage: told }) => {
    let index = -1;
    return [
      { messageStart: { role: 'assistant' } },
      ...blocks.flatMap(([one, step]) => {
        index += step;
        return eventsOf(one, index);
      }),
      { messageStop: { stopReason } },
      { metadata: { usage: told } },
    ];
  });

function eventsOf(one: Block, contentBlockIndex: number): ConverseEvent[] {
  const delta = (said: NonNullable<ConverseEvent['contentBlockDelta']>['delta']): ConverseEvent => ({
    contentBlockDelta: { contentBlockIndex, delta: said },
  });
  const stop: ConverseEvent = { contentBlockStop: { contentBlockIndex } };
  switch (one.kind) {
    case 'text':
      return [...one.pieces.map((text) => delta({ text })), stop];
    case 'thought':
      return [
        ...one.pieces.map((text) => delta({ reasoningContent: { text } })),
        ...one.signature.map((signature) => delta({ reasoningContent: { signature } })),
        stop,
      ];
    case 'hidden':
      return [delta({ reasoningContent: { redactedContent: one.bytes } }), stop];
    case 'call': {
      const toolUse = { toolUseId: one.id, name: one.name };
      return [
        { contentBlockStart: { contentBlockIndex, start: { toolUse } } },
        ...one.pieces.map((piece) => delta({ toolUse: { input: piece } })),
        stop,
      ];
    }
  }
}
