import type { ConverseRequest } from '../converse-request.ts';
import { splitTokens } from '../count-tokens.ts';
import { createPacer } from '../pacing.ts';
import type { TextModel } from './text-responder.ts';

const quoteLimit = 240;

/** The answer when no model is connected: it says so, and shows that the message arrived whole. */
export const localAnswer: TextModel = {
  description: 'the built-in stand-in (no model behind it; set DAYPASS_MODEL_URL for one)',

  async *generate(request, { signal, pacing }) {
    const tokens = splitTokens(composeAnswer(request));
    const allowed = tokens.slice(0, request.maxTokens);
    const pace = createPacer(pacing, signal);
    for (const [index, text] of allowed.entries()) {
      await pace(index);
      yield { text };
    }
    yield { stopReason: allowed.length < tokens.length ? 'max_tokens' : 'end_turn' };
  },
};

function composeAnswer({ messages, modelId, system }: ConverseRequest): string {
  const message = (messages.at(-1)?.texts ?? []).join('\n').trim();
  const words = message.split(/\s+/).length;
  const characters = [...message].length;
  const longest = message.split(/\s+/).reduce((best, word) => (word.length > best.length ? word : best), '');
  return [
    `**Daypass local stand-in** · no model is behind this answer; \`${modelId}\` was asked for.`,
    '',
    `The last message has ${plural(words, 'word')} and ${plural(characters, 'character')}:`,
    '',
    ...quote(message),
    '',
    '- It arrived whole, through the same gateway, function and stream as on AWS ✓',
    `- Its longest word is “${clip(longest, 40)}”.`,
    `- The conversation so far: ${plural(messages.length, 'message')}, ${system.length > 0 ? 'with' : 'without'} a system prompt.`,
    '- Characters of two, three and four bytes travel safely: é, ñ, €, 日本語, 🚀',
    '',
    'For real answers set `DAYPASS_MODEL_URL` to any OpenAI-compatible server, or `DAYPASS_BEDROCK=aws`.',
  ].join('\n');
}

const quote = (message: string): string[] =>
  clip(message.toWellFormed(), quoteLimit)
    .split(/\r\n|\r|\n/)
    .map((line) => `> ${line}`.trimEnd());

function clip(text: string, limit: number): string {
  const characters = [...text];
  return characters.length <= limit ? text : `${characters.slice(0, limit).join('')}…`;
}

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
