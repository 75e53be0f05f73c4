import type { ContentBlock, ToolResultPart, ToolSpec } from '../request/content.ts';
import type { ConverseRequest } from '../request/converse-request.ts';
import { toolsOf } from '../request/parse-tools.ts';
import type { CachedInput, TokenUsage } from '../responders/responder.ts';
import { countMediaTokens } from './media-tokens.ts';
import { countTokens } from './split-tokens.ts';

type Counted = Pick<ConverseRequest, 'system' | 'messages' | 'toolConfig'>;

/** What the stand-in counts for a request: CountTokens and the usage of Converse alike. */
export function countInputTokens({ messages, system, toolConfig }: Counted): number {
  const blocks = [...system, ...messages.flatMap(({ content }) => content)];
  return sum(blocks.map(countBlockTokens)) + sum(toolsOf(toolConfig).map(countToolTokens));
}

export const countToolTokens = ({ description, inputSchema, name }: ToolSpec): number =>
  countTokens(JSON.stringify({ name, description, inputSchema }));

export function countBlockTokens(block: ContentBlock | ToolResultPart): number {
  switch (block.kind) {
    case 'text':
    case 'reasoning':
      return countTokens(block.text);
    case 'guardContent':
      return 'text' in block ? countTokens(block.text) : countMediaTokens(block.image);
    case 'image':
    case 'document':
      return countMediaTokens(block);
    case 'toolUse':
      return countTokens(`${block.name}${JSON.stringify(block.input ?? {})}`);
    case 'toolResult':
      return sum(block.content.map(countBlockTokens));
    case 'json':
      return countTokens(JSON.stringify(block.json ?? null));
    case 'redactedReasoning':
      return Math.ceil(block.bytes.length / 4);
    case 'cachePoint':
      return 0;
  }
}

/** @param inputTokens those that are neither read from the cache nor written to it */
export function toUsage(
  inputTokens: number,
  outputTokens: number,
  cache: CachedInput = { read: 0, write: 0, details: [] },
): TokenUsage {
  return {
    inputTokens,
    outputTokens,
    totalTokens: inputTokens + outputTokens + cache.read + cache.write,
    cacheReadInputTokens: cache.read,
    cacheWriteInputTokens: cache.write,
    ...(cache.details.length > 0 ? { cacheDetails: cache.details } : {}),
  };
}

const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0);
