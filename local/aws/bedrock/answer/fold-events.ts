import { bedrockError } from '../errors.ts';
import { isObject, type JsonObject } from '../json-fields.ts';
import type { StreamEvent } from '../stream/event-frames.ts';

type Block = { start: JsonObject | undefined; deltas: JsonObject[] };

/** The whole answer that a stream's events add up to: a ConverseResponse. */
export async function foldEvents(events: AsyncIterable<StreamEvent>): Promise<JsonObject> {
  const blocks = new Map<number, Block>();
  let stop: JsonObject | undefined;
  let metadata: JsonObject = {};
  for await (const { name, payload } of events) {
    const members: JsonObject = { ...payload };
    if (name === 'messageStop') stop = members;
    else if (name === 'metadata') metadata = members;
    else if (name === 'contentBlockStart' || name === 'contentBlockDelta') gather(blocks, members);
  }
  if (stop === undefined) throw bedrockError('ModelErrorException', 'The model ended without a stop reason.');
  const content = [...blocks].sort(([a], [b]) => a - b).map(([, block]) => toContentBlock(block));
  return { output: { message: { role: 'assistant', content } }, ...stop, ...metadata };
}

function gather(blocks: Map<number, Block>, { contentBlockIndex, start, delta }: JsonObject): void {
  const index = Number(contentBlockIndex);
  const block = blocks.get(index) ?? { start: undefined, deltas: [] };
  if (isObject(start)) block.start = start;
  if (isObject(delta)) block.deltas.push(delta);
  blocks.set(index, block);
}

function toContentBlock({ start, deltas }: Block): JsonObject {
  if (isObject(start?.toolUse)) {
    const json = joined(deltas, 'toolUse', 'input');
    return { toolUse: { ...start.toolUse, input: parseInput(json) } };
  }
  if (deltas.some(({ reasoningContent }) => isObject(reasoningContent))) return toReasoning(deltas);
  return { text: deltas.map(({ text }) => (typeof text === 'string' ? text : '')).join('') };
}

function toReasoning(deltas: JsonObject[]): JsonObject {
  const parts = deltas.map(({ reasoningContent }) => (isObject(reasoningContent) ? reasoningContent : {}));
  const redacted = parts.find(({ redactedContent }) => redactedContent !== undefined);
  if (redacted !== undefined) return { reasoningContent: redacted };
  const signature = joined(deltas, 'reasoningContent', 'signature');
  const text = joined(deltas, 'reasoningContent', 'text');
  return { reasoningContent: { reasoningText: { text, ...(signature === '' ? {} : { signature }) } } };
}

const joined = (deltas: JsonObject[], member: string, field: string): string =>
  deltas
    .map((delta) => {
      const part = delta[member];
      const piece = isObject(part) ? part[field] : undefined;
      return typeof piece === 'string' ? piece : '';
    })
    .join('');

/** Arguments that a limit cut off are not JSON; a whole answer leaves them out. */
function parseInput(json: string): unknown {
  try {
    return JSON.parse(json === '' ? '{}' : json);
  } catch {
    return {};
  }
}
