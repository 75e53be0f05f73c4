import type { TokenUsage } from '../metering.ts';
import type { ChatEvent, ChatPart, ChatRequest } from './chat.ts';

/** The usual rule of thumb for text, and about what a model of Bedrock counts for a picture of a megapixel. */
const charactersPerToken = 4;
const tokensPerImage = 1600;
/** A document's own bytes say little of its text; a page of PDF is some 20 kB and 1,000 tokens. */
const documentBytesPerToken = 20;

/** Adds up what an answer said, for the case that the provider's own count never comes. */
export function createSpeechCount() {
  let spoken = 0;
  let thought = 0;
  return {
    add(event: ChatEvent): void {
      if (event.type === 'text') spoken += event.text.length;
      else if (event.type === 'tool-input') spoken += event.json.length;
      else if (event.type === 'reasoning') thought += event.text.length;
    },
    get isSilent(): boolean {
      return spoken + thought === 0;
    },
    estimate(request: ChatRequest): TokenUsage {
      const reasoning = tokensOf(thought);
      return {
        input: estimateInput(request),
        output: tokensOf(spoken) + reasoning,
        cachedInput: 0,
        cacheWriteInput: 0,
        cacheWriteHourInput: 0,
        reasoning,
      };
    },
  };
}

export function estimateInput({ system, turns, tools }: ChatRequest): number {
  const parts: readonly ChatPart[] = [...system, ...turns.flatMap((turn) => turn.parts)];
  const told = JSON.stringify(tools?.tools ?? '').length - 2;
  return parts.reduce((sum, part) => sum + estimatePart(part), tokensOf(told));
}

function estimatePart(part: ChatPart): number {
  switch (part.type) {
    case 'text':
    case 'reasoning':
      return tokensOf(part.text.length);
    case 'image':
      return tokensPerImage;
    case 'document':
      return Math.ceil(part.bytes.length / documentBytesPerToken);
    case 'tool-call':
      return tokensOf(JSON.stringify(part.input ?? null).length);
    case 'tool-result':
      return part.parts.reduce((sum, inner) => sum + estimatePart(inner), 0);
    default:
      return 0;
  }
}

function tokensOf(characters: number): number {
  return Math.ceil(characters / charactersPerToken);
}
