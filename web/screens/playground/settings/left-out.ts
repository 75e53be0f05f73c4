import { t } from '../../../language/t.ts';
import type { ChatModel } from '../../../models/model-facts.ts';
import type { SettingsDraft, SettingsField } from './settings-draft.ts';

/** Why the model doesn't take a setting, in words; undefined: it does. */
export function reasonNot(
  field: SettingsField,
  { id: model, ...can }: ChatModel,
  { temperature }: Pick<SettingsDraft, 'temperature'>,
): string | undefined {
  switch (field) {
    case 'temperature':
      return can.sampling === 'none' ? t('{model} takes no temperature.', { model }) : undefined;
    case 'topP':
      if (can.sampling === 'none') return t('{model} takes no top P.', { model });
      return can.sampling === 'one' && temperature.trim() !== ''
        ? t('{model} takes either a temperature or a top P.', { model })
        : undefined;
    case 'stop':
      return can.stop_sequences ? undefined : t('{model} takes no stop sequences.', { model });
    case 'effort':
      return can.reasoning_effort ? undefined : t('{model} doesn’t reason.', { model });
    case 'schema':
      return can.structured_output === 'none'
        ? t('{model} can’t be held to a schema.', { model })
        : undefined;
    case 'tools':
      return can.accepts.includes('tools') ? undefined : t('{model} calls no tools.', { model });
    default:
      return undefined;
  }
}

const fields = ['temperature', 'topP', 'stop', 'effort', 'schema', 'tools'] as const;

/** The settings without what the model doesn't take. They stay typed, for another model. */
export function leftOut(draft: SettingsDraft, model: ChatModel): SettingsDraft {
  const refused = fields.filter((field) => reasonNot(field, model, draft) !== undefined);
  return { ...draft, ...Object.fromEntries(refused.map((field) => [field, ''])) };
}
