import type { HeldKey } from '../../../key-in-hand/key-in-hand.ts';
import { settingsFaults } from '../settings/chat-settings.ts';
import { useModelChoice } from '../settings/use-model-choice.ts';
import { usePlayground, useStored } from '../use-playground.ts';

/** Why nothing can be asked now, if so. */
export function useHindrance(heldKey: HeldKey): string | undefined {
  const { models, chosen } = useModelChoice(heldKey);
  const { temperature, maxTokens } = settingsFaults(useStored(usePlayground().settings));
  if (models.isPending) return 'Loading the models…';
  if (models.isError) return 'The models could not be loaded: see the settings.';
  if (chosen === undefined) return 'This key’s plan has no models.';
  if (temperature !== undefined) return `Temperature: ${temperature}`;
  if (maxTokens !== undefined) return `Max tokens: ${maxTokens}`;
  return undefined;
}
