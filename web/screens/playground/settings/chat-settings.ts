import {
  type ChatCompletionBody,
  chatCompletionBody,
} from '../../../../core/contract/chat/chat-completion-request.ts';
import { issueWords } from '../../../../core/contract/issue-words.ts';
import { sentence } from '../../../form-errors.ts';
import { t } from '../../../language/t.ts';

/** As typed. An empty number leaves the choice to the model. */
export interface SettingsDraft {
  /** '' until the user chooses one: the first model then. */
  model: string;
  system: string;
  temperature: string;
  maxTokens: string;
}

export const freshSettings: SettingsDraft = { model: '', system: '', temperature: '', maxTokens: '' };

/** What a call takes besides the conversation. */
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

/** @returns for each field why its number can't be sent, by the API's own schema */
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
  if (Number.isNaN(value)) return t('Must be a number.');
  const { error } = chatCompletionBody.shape[field].safeParse(value, { error: issueWords });
  return sentence(error?.issues[0]?.message);
}

/** Half the world writes a decimal comma. */
const numberOf = (text: string): number | undefined =>
  text.trim() === '' ? undefined : Number(text.trim().replace(',', '.'));
