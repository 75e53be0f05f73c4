import { noTokens, type TokenUsage } from '../metering/token-usage.ts';
import type { ChatEvent, ChatPart, ChatRequest, DocumentPart } from './chat.ts';
import { createTokenEstimate, estimateTokens } from './estimate-tokens.ts';

/** Roughly what a model counts for an image of one megapixel. */
const tokensPerImage = 1600;
/** A document's size says little about its text; a PDF page has about 20 kB and 1,000 tokens. */
const documentBytesPerToken = 20;
const textFormats: ReadonlySet<DocumentPart['format']> = new Set(['txt', 'md', 'csv', 'html']);

/** Counts an answer's text, in case the provider's own count never comes. */
export function createSpeechCount() {
  const spoken = createTokenEstimate();
  const thought = createTokenEstimate();
  let isSilent = true;
  return {
    add(event: ChatEvent): void {
      const text = saidIn(event);
      if (text === '') return;
      isSilent = false;
      (event.type === 'reasoning' ? thought : spoken).add(text);
    },
    get isSilent(): boolean {
      return isSilent;
    },
    estimate(request: ChatRequest): TokenUsage {
      const reasoning = thought.tokens;
      return { ...noTokens, input: estimateInput(request), output: spoken.tokens + reasoning, reasoning };
    },
  };
}

export function estimateInput(request: ChatRequest): number {
  return sumOf(partsOf(request), estimatePart) + estimateTools(request);
}

/** Without images and documents in binary formats. */
export function estimateText(request: ChatRequest): number {
  return sumOf(partsOf(request), estimateReadable) + estimateTools(request);
}

/** UTF-16 code units of the same: no estimate has more tokens than that. */
export function textLength(request: ChatRequest): number {
  return sumOf(partsOf(request), (part) => textOf(part).length) + toolsText(request).length;
}

function saidIn(event: ChatEvent): string {
  if (event.type === 'text' || event.type === 'reasoning') return event.text;
  return event.type === 'tool-input' ? event.json : '';
}

/** Includes the parts of tool results. */
function partsOf({ system, turns, relay }: ChatRequest): ChatPart[] {
  if (relay?.isTranslated === false) return [{ type: 'text', text: relayedText(relay.body) }];
  const parts = [...system, ...turns.flatMap((turn) => turn.parts)];
  return parts.flatMap((part): readonly ChatPart[] => (part.type === 'tool-result' ? part.parts : [part]));
}

function estimatePart(part: ChatPart): number {
  if (part.type === 'image') return tokensPerImage;
  if (part.type === 'document') return Math.ceil(part.bytes.length / documentBytesPerToken);
  return estimateReadable(part);
}

function estimateReadable(part: ChatPart): number {
  return estimateTokens(textOf(part));
}

function textOf(part: ChatPart): string {
  switch (part.type) {
    case 'text':
    case 'reasoning':
      return part.text;
    case 'tool-call':
      return JSON.stringify(part.input ?? null);
    case 'document':
      return textFormats.has(part.format) ? Buffer.from(part.bytes).toString('utf8') : '';
    default:
      return '';
  }
}

/** All texts of a body that was not translated, without data in base64, whose length says little about its tokens. */
function relayedText(value: unknown): string {
  if (typeof value === 'string') return value.length > 1000 && /^[\w:;,.+/=-]+$/.test(value) ? '' : value;
  if (typeof value !== 'object' || value === null) return '';
  return Object.values(value).map(relayedText).join('\n');
}

function estimateTools(request: ChatRequest): number {
  return estimateTokens(toolsText(request));
}

function toolsText({ tools }: ChatRequest): string {
  return tools === undefined ? '' : JSON.stringify(tools.tools);
}

function sumOf<T>(list: readonly T[], count: (item: T) => number): number {
  return list.reduce((sum, item) => sum + count(item), 0);
}
