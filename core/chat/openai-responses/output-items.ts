import type { ResponseBody } from '../../contract/chat/response-request.ts';
import type { FoldedPart } from '../answer/folded-answer.ts';
import type { AnswerHead } from '../dialect.ts';
import { redactedContent, signedContent } from './reasoning-item.ts';
import { shownName } from './tools.ts';

export type ItemStatus = 'in_progress' | 'completed' | 'incomplete';
export type OutputItem = ReturnType<typeof toOutputItem>;

/** One part of an answer as an item. @param body names the functions as the caller does */
export function toOutputItem(
  head: AnswerHead,
  body: Pick<ResponseBody, 'tools'>,
  part: FoldedPart,
  at: number,
  status: ItemStatus,
) {
  const id = itemId(head, part, at);
  switch (part.type) {
    case 'text': {
      const content = part.text === '' && status === 'in_progress' ? [] : [outputText(part.text)];
      return { type: 'message' as const, id, role: 'assistant' as const, status, content };
    }
    case 'tool-call':
      return {
        type: 'function_call' as const,
        id,
        call_id: part.id,
        ...shownName(body, part.name),
        arguments: argumentsOf(part.json, status),
        status,
      };
    case 'reasoning':
      return {
        type: 'reasoning' as const,
        id,
        summary: [],
        content: part.text === '' ? [] : [reasoningText(part.text)],
        encrypted_content: part.signature === undefined ? null : signedContent(part.text, part.signature),
        status,
      };
    case 'redacted-reasoning':
      return {
        type: 'reasoning' as const,
        id,
        summary: [],
        content: [],
        encrypted_content: redactedContent(part.bytes),
        status,
      };
  }
}

export function itemId({ answerId }: AnswerHead, { type }: FoldedPart, at: number): string {
  return `${prefixes[type]}_${answerId}_${at}`;
}

export function outputText(text: string) {
  return { type: 'output_text' as const, text, annotations: [], logprobs: [] };
}

export function reasoningText(text: string) {
  return { type: 'reasoning_text' as const, text };
}

/** Clients parse the arguments, and an empty text is no JSON. */
export function argumentsOf(json: string, status: ItemStatus): string {
  return json === '' && status !== 'in_progress' ? '{}' : json;
}

const prefixes = {
  text: 'msg',
  'tool-call': 'fc',
  reasoning: 'rs',
  'redacted-reasoning': 'rs',
} as const;
