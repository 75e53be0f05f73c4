import { type ContentBlock, type ToolChoice, type ToolSpec, textOf } from '../../request/content.ts';
import type { ConverseRequest } from '../../request/converse-request.ts';
import { offeredTools } from '../tool-choice.ts';

/**
 * The tools that the answer calls: none after a tool result. A choice of `any` takes those that the message names, or
 * else the first; `auto` takes those that it asks to use or call.
 */
export function chooseTools(request: ConverseRequest): ToolSpec[] {
  const last = request.messages.at(-1)?.content ?? [];
  const { tools, choice, single } = offeredTools(request);
  if (choice.kind === 'none' || last.some(({ kind }) => kind === 'toolResult')) return [];
  const chosen = choose(tools, choice, last);
  return single ? chosen.slice(0, 1) : chosen;
}

function choose(tools: ToolSpec[], choice: ToolChoice, last: readonly ContentBlock[]): ToolSpec[] {
  if (choice.kind === 'tool') return tools.filter(({ name }) => name === choice.name);
  const text = last.map((block) => textOf(block) ?? '').join('\n');
  const called = repeated(namedIn(text, tools), text);
  if (choice.kind === 'any') return called.length > 0 ? called : tools.slice(0, 1);
  return /\b(use|using|call|run|invoke)\b/i.test(text) ? called : [];
}

/** Tools named in the text, as they are called or with spaces; `all tools` and `a tool` name them too. */
function namedIn(text: string, tools: ToolSpec[]): ToolSpec[] {
  if (/\b(all|every|each|your) (of the )?(the )?tools?\b/i.test(text)) return tools;
  const words = ` ${wordsOf(text)} `;
  const named = tools.filter(({ name }) => words.includes(` ${wordsOf(name)} `));
  if (named.length > 0) return named;
  return /\b(a|the|any) tools?\b/i.test(text) ? tools.slice(0, 1) : [];
}

const wordsOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** One tool, asked for `twice` or `in parallel`, is called twice. */
const repeated = (tools: ToolSpec[], text: string): ToolSpec[] =>
  tools.length === 1 && /\b(twice|in parallel)\b/i.test(text) ? [...tools, ...tools] : tools;
