import { createHash } from 'node:crypto';
import type { ResponseBody } from '../../contract/chat/response-request.ts';
import type { ToolOffer } from '../chat.ts';
import { type OfferedFunction, toToolOffer } from '../openai/to-neutral-fields.ts';
import { leaveOutHosted } from '../request/leave-out-hosted.ts';

type Tool = NonNullable<ResponseBody['tools']>[number];

/** Where a function stands, as callers name it. */
export interface FunctionName {
  name: string;
  namespace?: string | null | undefined;
}

/**
 * The functions, those of namespaces under one name each. A tool that OpenAI would run is left out where the model may do
 * without it.
 * @throws DaypassError naming such a tool where it may be the one that is wanted
 */
export function readTools(body: ResponseBody): { tools: ToolOffer | undefined; ignored: string[] } {
  const { tools = [], tool_choice: choice } = body;
  const functions = flatTools(body);
  const ignored = leaveOutHosted(tools ?? [], (tool) => !isFunction(tool), {
    offered: functions,
    free: isFree(choice),
  });
  const named = typeof choice === 'object' && choice !== null ? { name: flatName(choice) } : choice;
  return {
    tools: toToolOffer(functions, named, body),
    ignored,
  };
}

/** Every function, under its one name. */
export function flatTools({ tools }: Pick<ResponseBody, 'tools'>): OfferedFunction[] {
  return (tools ?? []).flatMap(functionsOf);
}

/** One name for a function and its namespace, in the characters and the length that models take. */
export function flatName({ name, namespace }: FunctionName): string {
  if (namespace === undefined || namespace === null || namespace === '') return name;
  const joined = `${namespace}__${name}`;
  if (joined.length <= 64) return joined;
  return `${joined.slice(0, 51)}_${createHash('sha256').update(joined).digest('hex').slice(0, 12)}`;
}

/** The caller's name of the function that a model calls. */
export function shownName({ tools }: Pick<ResponseBody, 'tools'>, called: string): FunctionName {
  for (const tool of tools ?? []) {
    if (tool.type !== 'namespace') continue;
    const found = tool.tools.find(({ name }) => flatName({ name, namespace: tool.name }) === called);
    if (found !== undefined) return { name: found.name, namespace: tool.name };
  }
  return { name: called };
}

function isFunction(tool: Tool): boolean {
  return tool.type === 'function' || tool.type === 'namespace';
}

function isFree(choice: ResponseBody['tool_choice']): boolean {
  return choice === undefined || choice === null || choice === 'auto' || choice === 'none';
}

/** A namespace's description stands before that of its first function, where the model reads it once. */
function functionsOf(tool: Tool): OfferedFunction[] {
  if (tool.type === 'function') return [tool];
  if (tool.type !== 'namespace') return [];
  return tool.tools.map((inner, at) => ({
    ...inner,
    name: flatName({ name: inner.name, namespace: tool.name }),
    description: at === 0 ? joined(tool.description, inner.description) : inner.description,
  }));
}

function joined(...texts: (string | null | undefined)[]): string {
  return texts.filter((text) => text !== undefined && text !== null && text !== '').join('\n\n');
}
