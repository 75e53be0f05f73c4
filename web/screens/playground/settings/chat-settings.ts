import {
  type ChatCompletionBody,
  chatCompletionBody,
} from '../../../../core/contract/chat-completion-request.ts';
import { sentence } from '../../../form-errors.ts';

/** As typed. An empty number leaves it to the model. */
export interface SettingsDraft {
  /** '' until somebody chose: the first on offer. */
  model: string;
  system: string;
  temperature: string;
  maxTokens: string;
}

export const freshSettings: SettingsDraft = { model: '', system: '', temperature: '', maxTokens: '' };

/** What a call is made with, besides the conversation. */
export interface ChatSettings {
  model: string;
  system: string;
  temperature: number | undefined;
  maxTokens: number | undefined;
}

export interface SettingsFaults {
  temperature: string | undefined;
  maxTokens: string | undefined;
}

/** @returns why a number can't be sent, beside its field; by the API's own schema */
export function settingsFaults({ temperature, maxTokens }: SettingsDraft): SettingsFaults {
  return {
    temperature: faultOf('temperature', temperature),
    maxTokens: faultOf('max_completion_tokens', maxTokens),
  };
}

export function readSettings(draft: SettingsDraft, model: string): ChatSettings {
  return {
    model,
    system: draft.system,
    temperature: numberOf(draft.temperature),
    maxTokens: numberOf(draft.maxTokens),
  };
}

type NumberField = 'temperature' | ('max_completion_tokens' & keyof ChatCompletionBody);

function faultOf(field: NumberField, text: string): string | undefined {
  const value = numberOf(text);
  if (value === undefined) return undefined;
  if (Number.isNaN(value)) return 'Must be a number.';
  const [issue] = chatCompletionBody.shape[field].safeParse(value).error?.issues ?? [];
  if (issue?.code === 'too_big') return `Must be at most ${issue.maximum}.`;
  if (issue?.code === 'too_small') return `Must be at least ${issue.minimum}.`;
  return sentence(issue?.message);
}

/** A comma is how half of the world writes the point. */
const numberOf = (text: string): number | undefined =>
  text.trim() === '' ? undefined : Number(text.trim().replace(',', '.'));
