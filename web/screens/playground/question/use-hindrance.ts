import type { HeldKey } from '../../../key-in-hand/key-in-hand.ts';
import { t } from '../../../language/t.ts';
import { settingsFaults } from '../settings/chat-settings.ts';
import { useModelChoice } from '../settings/use-model-choice.ts';
import { usePlayground, useStored } from '../use-playground.ts';

/** Why nothing can be asked now, if so. */
export function useHindrance(heldKey: HeldKey): string | undefined {
  const { models, chosen } = useModelChoice(heldKey);
  const { temperature, maxTokens } = settingsFaults(useStored(usePlayground().settings));
  if (models.isPending) return t('Loading the models…');
  if (models.isError) return t('The models could not be loaded: see the settings.');
  if (chosen === undefined) return t('This key’s plan has no models.');
  if (temperature !== undefined) return t('Temperature: {fault}', { fault: temperature });
  if (maxTokens !== undefined) return t('Max tokens: {fault}', { fault: maxTokens });
  return undefined;
}
