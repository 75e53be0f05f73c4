import type {
  CachePoint,
  ChatPart,
  ChatRequest,
  DocumentPart,
  ImagePart,
  SystemPart,
  TextPart,
} from '../../chat/chat.ts';
import { unsupported } from '../../chat/request/refuse-field.ts';

type Block = Record<string, unknown>;

/** The conversation as messages. Reasoning goes back only if it is signed: without, it is another model's. */
export function toMessages({ turns, fieldNames }: Pick<ChatRequest, 'turns' | 'fieldNames'>) {
  const refuseDocument = (format: string) =>
    unsupported(
      fieldNames.messages,
      `Documents of type ${format} are not taken by this model. Send it as PDF or text.`,
    );
  return turns.flatMap(({ role, parts }) => {
    const content: Block[] = [];
    for (const part of parts) {
      if (part.type === 'cache-point') addCachePoint(content, part);
      else content.push(...toBlocks(part, refuseDocument));
    }
    return content.length === 0 ? [] : [{ role, content }];
  });
}

export function toSystem(system: readonly SystemPart[]): Block[] {
  const blocks: Block[] = [];
  for (const part of system) {
    if (part.type === 'cache-point') addCachePoint(blocks, part);
    else blocks.push({ type: 'text', text: part.text });
  }
  return blocks;
}

export function cacheControl({ lifetime }: Pick<CachePoint, 'lifetime'>) {
  return { cache_control: { type: 'ephemeral', ...(lifetime !== undefined && { ttl: lifetime }) } };
}

/** It stands on the block before it; reasoning takes none. */
function addCachePoint(blocks: Block[], point: CachePoint): void {
  const last = blocks.at(-1);
  if (last !== undefined && !String(last.type).includes('thinking')) Object.assign(last, cacheControl(point));
}

type RefuseDocument = (format: string) => Error;

function toBlocks(part: Exclude<ChatPart, CachePoint>, refuse: RefuseDocument): Block[] {
  switch (part.type) {
    case 'reasoning':
      return part.signature ? [{ type: 'thinking', thinking: part.text, signature: part.signature }] : [];
    case 'redacted-reasoning':
      return [{ type: 'redacted_thinking', data: base64(part.bytes) }];
    case 'tool-call':
      return [{ type: 'tool_use', id: fitId(part.id), name: part.name, input: part.input ?? {} }];
    case 'tool-result':
      return [
        {
          type: 'tool_result',
          tool_use_id: fitId(part.id),
          ...(part.failed && { is_error: true }),
          content: part.parts.map((inner) => toPlainBlock(inner, refuse)),
        },
      ];
    default:
      return [toPlainBlock(part, refuse)];
  }
}

const textFormats = new Set<DocumentPart['format']>(['txt', 'md', 'csv', 'html']);

function toPlainBlock(part: TextPart | ImagePart | DocumentPart, refuse: RefuseDocument): Block {
  if (part.type === 'text') return { type: 'text', text: part.text };
  if (part.type === 'image') {
    const source = { type: 'base64', media_type: `image/${part.format}`, data: base64(part.bytes) };
    return { type: 'image', source };
  }
  const title = part.name.trim() === '' ? {} : { title: part.name };
  if (part.format === 'pdf') {
    const source = { type: 'base64', media_type: 'application/pdf', data: base64(part.bytes) };
    return { type: 'document', source, ...title };
  }
  if (!textFormats.has(part.format)) throw refuse(part.format);
  const data = Buffer.from(part.bytes).toString('utf8');
  return { type: 'document', source: { type: 'text', media_type: 'text/plain', data }, ...title };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

/** Ids of calls as Anthropic takes them; those of other APIs may hold more. */
function fitId(id: string): string {
  return id.replace(/[^a-zA-Z0-9_-]/g, '_');
}
