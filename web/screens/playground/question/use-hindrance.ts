import type { HeldKey } from '../../../key-in-hand/key-in-hand.ts';
import { t } from '../../../language/t.ts';
import { settingsFaults } from '../settings/chat-settings.ts';
import { leftOut } from '../settings/left-out.ts';
import type { SettingsField } from '../settings/settings-draft.ts';
import { useModelChoice } from '../settings/use-model-choice.ts';
import { usePlayground, useStored } from '../use-playground.ts';

/** Why nothing can be asked now, if so. */
export function useHindrance(heldKey: HeldKey): string | undefined {
  const { models, chosen, model } = useModelChoice(heldKey);
  const draft = useStored(usePlayground().settings);
  if (models.isPending) return t('Loading the models…');
  if (models.isError) return t('The models could not be loaded: see the settings.');
  if (chosen === undefined) return t('This key’s plan has no models.');
  const faults = settingsFaults(model === undefined ? draft : leftOut(draft, model));
  const wrong = Object.keys(names).find((field) => faults[field as SettingsField] !== undefined) as
    | SettingsField
    | undefined;
  return wrong && `${names[wrong]()}: ${faults[wrong]}`;
}

const names: Record<SettingsField, () => string> = {
  temperature: () => t('Temperature'),
  maxTokens: () => t('Max tokens'),
  topP: () => t('Top P'),
  stop: () => t('Stop sequences'),
  effort: () => t('Reasoning effort'),
  schema: () => t('JSON schema'),
  tools: () => t('Tools'),
};
