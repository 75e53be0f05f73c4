import type { MessageBlock } from '../../contract/chat/message-request.ts';
import type { CachePoint, ChatPart, DocumentPart, ImagePart, TextPart } from '../chat.ts';
import { toDocument, toImage } from '../request/inline-data.ts';
import { cachePointOf } from '../request/turns.ts';
import { restoreThought } from './omitted-thought.ts';

/** @param path of the content, for refusals */
export function toParts(content: string | readonly MessageBlock[], path: string): ChatPart[] {
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  return content.flatMap((block, at): ChatPart[] => {
    const part = toPart(block, `${path}.${at}`);
    return [
      part,
      ...innerCachePoint(block),
      ...('cache_control' in block ? cachePointOf(block.cache_control) : []),
    ];
  });
}

/** A tool's result is cached as a whole: there are no cache points inside. */
function innerCachePoint(block: MessageBlock): CachePoint[] {
  if (block.type !== 'tool_result' || !Array.isArray(block.content)) return [];
  const control = block.content.findLast(({ cache_control }) => cache_control)?.cache_control;
  return cachePointOf(control);
}

function toPart(block: MessageBlock, path: string): ChatPart {
  switch (block.type) {
    case 'thinking':
      return { type: 'reasoning', ...restoreThought(block) };
    case 'redacted_thinking':
      return { type: 'redacted-reasoning', bytes: Buffer.from(block.data, 'base64') };
    case 'tool_use':
      return { type: 'tool-call', id: block.id, name: block.name, input: block.input };
    case 'tool_result':
      return {
        type: 'tool-result',
        id: block.tool_use_id,
        failed: block.is_error === true,
        parts: toResultParts(block.content ?? [], `${path}.content`),
      };
    default:
      return toPlainPart(block, path);
  }
}

type PlainBlock = Extract<MessageBlock, { type: 'text' | 'image' | 'document' }>;

function toResultParts(content: string | readonly PlainBlock[], path: string) {
  const blocks = typeof content === 'string' ? [{ type: 'text' as const, text: content }] : content;
  return blocks
    .map((block, at) => toPlainPart(block, `${path}.${at}`))
    .filter((part) => part.type !== 'text' || part.text.trim() !== '');
}

function toPlainPart(block: PlainBlock, path: string): TextPart | ImagePart | DocumentPart {
  if (block.type === 'text') return { type: 'text', text: block.text };
  const param = `${path}.source.data`;
  const { source } = block;
  if (block.type === 'image') return toImage(source.data, param);
  const name = block.title ?? '';
  if (source.type === 'base64') return toDocument('application/pdf', name, source.data, param);
  return { type: 'document', format: 'txt', name, bytes: Buffer.from(source.data, 'utf8') };
}
