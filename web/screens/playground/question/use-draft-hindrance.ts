import { useMemo } from 'react';
import { t } from '../../../language/t.ts';
import { sizeWords } from '../../../parts/figure-words.ts';
import { useConsole } from '../../../shell/console-context.ts';
import { readSettings } from '../settings/chat-settings.ts';
import { useConversations, usePlayground, useStored } from '../use-playground.ts';
import { callBytes } from './call-body.ts';

/** Why the question can't be sent as it is. An empty question needs no explanation. */
export function useDraftHindrance(model: string, isBusy: boolean): string | undefined {
  const { draft, attaching, settings } = usePlayground();
  const { chat } = useConsole().config;
  const question = useStored(draft);
  const set = useStored(settings);
  const { turns } = useConversations();
  const { isReading } = useStored(attaching);
  const bytes = useMemo(
    () => (isBusy ? 0 : callBytes({ earlier: turns, question, settings: readSettings(set, model) })),
    [isBusy, turns, question, set, model],
  );
  if (isReading) return t('Reading the files…');
  const excess = bytes - chat.maxBodyBytes;
  if (excess > 0) {
    return t(
      'This is {excess} over the limit of one call, including the conversation so far. Remove something or start a new chat.',
      { excess: sizeWords(excess) },
    );
  }
  const isSilent = question.attachments.length > 0 && question.text.trim() === '';
  return isSilent ? t('Add a question in words.') : undefined;
}
