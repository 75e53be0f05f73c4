import {
  type ChatCompletionBody,
  chatCompletionBody,
} from '../../../../core/contract/chat/chat-completion-request.ts';
import { issueWords } from '../../../../core/contract/issue-words.ts';
import { sentence } from '../../../form-errors.ts';
import { t } from '../../../language/t.ts';
import type { ChatModel } from '../../../models/model-facts.ts';
import { leftOut } from './left-out.ts';
import type { SettingsDraft, SettingsField } from './settings-draft.ts';

type Tools = NonNullable<ChatCompletionBody['tools']>;

/** What a call takes besides the conversation. */
export interface ChatSettings {
  model: string;
  system: string;
  temperature: number | undefined;
  maxTokens: number | undefined;
  topP?: number | undefined;
  stop?: readonly string[] | undefined;
  effort?: NonNullable<ChatCompletionBody['reasoning_effort']> | undefined;
  schema?: Record<string, unknown> | undefined;
  tools?: Tools | undefined;
}

export type SettingsFaults = Record<SettingsField, string | undefined>;

/** @returns for each field why it can't be sent, by the API's own schema */
export function settingsFaults(draft: SettingsDraft): SettingsFaults {
  const { temperature, maxTokens, topP, stop, effort, schema, tools } = draft;
  return {
    temperature: numberFault('temperature', temperature),
    maxTokens: numberFault('max_completion_tokens', maxTokens),
    topP: numberFault('top_p', topP),
    stop: faultOf('stop', linesOf(stop)),
    effort: faultOf('reasoning_effort', effort || undefined),
    schema: jsonFault('response_format', schema, formatOf),
    tools: jsonFault('tools', tools, (json) => json),
  };
}

/** @param model what it doesn't take is left out, if it is known */
export function readSettings(draft: SettingsDraft, name: string, model?: ChatModel): ChatSettings {
  const taken = model === undefined ? draft : leftOut(draft, model);
  const schema = parsed(taken.schema);
  const tools = parsed(taken.tools);
  return {
    model: name,
    system: taken.system,
    temperature: numberOf(taken.temperature),
    maxTokens: numberOf(taken.maxTokens),
    topP: numberOf(taken.topP),
    stop: linesOf(taken.stop),
    effort: (taken.effort || undefined) as ChatSettings['effort'],
    schema: schema as ChatSettings['schema'],
    tools: tools as ChatSettings['tools'],
  };
}

/** The answer's format by a schema. Its name is required, and no reader sees it. */
export const formatOf = (schema: unknown) => ({
  type: 'json_schema' as const,
  json_schema: { name: 'answer', schema: schema as Record<string, unknown> },
});

type Field = keyof ChatCompletionBody & keyof typeof chatCompletionBody.shape;

function faultOf(field: Field, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const { error } = chatCompletionBody.shape[field].safeParse(value, { error: issueWords });
  const [issue] = error?.issues ?? [];
  if (issue === undefined) return undefined;
  const path = issue.path.join('.');
  return path === '' || field === 'response_format'
    ? sentence(issue.message)
    : `${path}: ${sentence(issue.message)}`;
}

function numberFault(field: Field, text: string): string | undefined {
  const value = numberOf(text);
  return Number.isNaN(value) ? t('Must be a number.') : faultOf(field, value);
}

function jsonFault(field: Field, text: string, toValue: (json: unknown) => unknown): string | undefined {
  if (text.trim() === '') return undefined;
  try {
    return faultOf(field, toValue(JSON.parse(text)));
  } catch (error) {
    return t('Not valid JSON yet: {why}', { why: error instanceof Error ? error.message : '' });
  }
}

function parsed(text: string): unknown {
  try {
    return text.trim() === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function linesOf(text: string): string[] | undefined {
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.length === 0 ? undefined : lines;
}

/** Half the world writes a decimal comma. */
const numberOf = (text: string): number | undefined =>
  text.trim() === '' ? undefined : Number(text.trim().replace(',', '.'));
