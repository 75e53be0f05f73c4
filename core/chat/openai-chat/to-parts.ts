import type { ChatCompletionMessage } from '../../contract/chat/chat-completion-request.ts';
import type { CacheControl } from '../../contract/chat/every-dialect-fields.ts';
import type { CacheBreakpoint } from '../../contract/chat/openai-fields.ts';
import type { CachePoint, ChatPart, DocumentPart, ImagePart, SystemPart, TextPart } from '../chat.ts';
import { parseArguments, toCachePoint } from '../openai/to-neutral-fields.ts';
import { dataUrlImage, fileDocument } from '../request/inline-data.ts';
import { cachePointOf } from '../request/turns.ts';

type ContentOf<Role> = Extract<ChatCompletionMessage, { role: Role }>['content'];

export function toTextParts(content: ContentOf<'system'>): SystemPart[] {
  if (typeof content === 'string') return content.trim() === '' ? [] : [{ type: 'text', text: content }];
  return content.flatMap((part): SystemPart[] =>
    part.text.trim() === '' ? [] : [{ type: 'text', text: part.text }, ...pointAfter(part)],
  );
}

interface Cached {
  prompt_cache_breakpoint?: CacheBreakpoint;
  cache_control?: CacheControl;
}

function pointAfter({ prompt_cache_breakpoint: breakpoint, cache_control: control }: Cached): CachePoint[] {
  return control ? cachePointOf(control) : toCachePoint(breakpoint);
}

/** @param path of the content, for refusals */
export function toUserParts(content: ContentOf<'user'>, path: string): ChatPart[] {
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  return content.flatMap((part, at): ChatPart[] => [toUserPart(part, `${path}.${at}`), ...pointAfter(part)]);
}

type UserPart = Exclude<ContentOf<'user'>, string>[number];

function toUserPart(part: UserPart, path: string): TextPart | ImagePart | DocumentPart {
  if (part.type === 'text') return { type: 'text', text: part.text };
  if (part.type === 'image_url') return dataUrlImage(part.image_url.url, `${path}.image_url.url`);
  return fileDocument(part.file.file_data, part.file.filename, `${path}.file.file_data`);
}

/** A tool's result. Blank text is left out: models take an empty list for it. It is cached as a whole. */
export function toResultParts({
  tool_call_id: id,
  content,
}: Extract<ChatCompletionMessage, { role: 'tool' }>): ChatPart[] {
  const given = typeof content === 'string' ? [{ text: content }] : content;
  const parts = given
    .filter(({ text }) => text.trim() !== '')
    .map(({ text }): TextPart => ({ type: 'text', text }));
  return [{ type: 'tool-result', id, failed: false, parts }, ...given.flatMap(pointAfter).slice(-1)];
}

export function toAssistantParts(message: Extract<ChatCompletionMessage, { role: 'assistant' }>): ChatPart[] {
  const { content, refusal, tool_calls: calls } = message;
  const said = typeof content === 'string' ? [{ type: 'text' as const, text: content }] : (content ?? []);
  return [
    ...said.flatMap((part): ChatPart[] => [{ type: 'text', text: textOf(part) }, ...pointAfter(part)]),
    ...(typeof refusal === 'string' ? [{ type: 'text' as const, text: refusal }] : []),
    ...(calls ?? []).flatMap((call): ChatPart[] => {
      const { name, arguments: json } = call.function;
      return [{ type: 'tool-call', id: call.id, name, input: parseArguments(json) }, ...pointAfter(call)];
    }),
  ];
}

function textOf(part: { type: 'text'; text: string } | { type: 'refusal'; refusal: string }): string {
  return part.type === 'text' ? part.text : part.refusal;
}
