import type { ChatCompletionMessage } from '../../contract/chat/chat-completion-request.ts';
import type { ChatPart, DocumentPart, ImagePart, SystemPart, TextPart } from '../chat.ts';
import { parseArguments, toCachePoint } from '../openai/shared-fields.ts';
import { dataUrlImage, fileDocument } from '../request/inline-data.ts';

type ContentOf<Role> = Extract<ChatCompletionMessage, { role: Role }>['content'];

export function toTextParts(content: ContentOf<'system'>): SystemPart[] {
  if (typeof content === 'string') return content.trim() === '' ? [] : [{ type: 'text', text: content }];
  return content.flatMap(({ text, prompt_cache_breakpoint: breakpoint }): SystemPart[] =>
    text.trim() === '' ? [] : [{ type: 'text', text }, ...toCachePoint(breakpoint)],
  );
}

/** @param path of the content, for refusals */
export function toUserParts(content: ContentOf<'user'>, path: string): ChatPart[] {
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  return content.flatMap((part, at): ChatPart[] => [
    toUserPart(part, `${path}.${at}`),
    ...toCachePoint(part.prompt_cache_breakpoint),
  ]);
}

type UserPart = Exclude<ContentOf<'user'>, string>[number];

function toUserPart(part: UserPart, path: string): TextPart | ImagePart | DocumentPart {
  if (part.type === 'text') return { type: 'text', text: part.text };
  if (part.type === 'image_url') return dataUrlImage(part.image_url.url, `${path}.image_url.url`);
  return fileDocument(part.file.file_data, part.file.filename, `${path}.file.file_data`);
}

/** A tool's result. Blank text is left out: models take an empty list for it. */
export function toResultParts(content: ContentOf<'tool'>): TextPart[] {
  const texts = typeof content === 'string' ? [content] : content.map(({ text }) => text);
  return texts.filter((text) => text.trim() !== '').map((text) => ({ type: 'text', text }));
}

export function toAssistantParts(message: Extract<ChatCompletionMessage, { role: 'assistant' }>): ChatPart[] {
  const { content, refusal, tool_calls: calls } = message;
  const said = typeof content === 'string' ? [content] : (content ?? []).map(textOf);
  const texts = [...said, ...(typeof refusal === 'string' ? [refusal] : [])];
  return [
    ...texts.map((text): TextPart => ({ type: 'text', text })),
    ...(calls ?? []).map(
      ({ id, function: { name, arguments: json } }): ChatPart => ({
        type: 'tool-call',
        id,
        name,
        input: parseArguments(json),
      }),
    ),
  ];
}

function textOf(part: { type: 'text'; text: string } | { type: 'refusal'; refusal: string }): string {
  return part.type === 'text' ? part.text : part.refusal;
}
