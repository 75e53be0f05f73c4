import { useMemo } from 'react';
import { sizeWords } from '../../../parts/figure-words.ts';
import { useConsole } from '../../../shell/console-context.ts';
import { readSettings } from '../settings/chat-settings.ts';
import { useConversation, usePlayground, useStored } from '../use-playground.ts';
import { callBytes } from './call-body.ts';

/** Why the question can't be sent as it stands, in words. An empty one says nothing of itself. */
export function useDraftHindrance(model: string, isBusy: boolean): string | undefined {
  const { draft, attaching, settings } = usePlayground();
  const { chat } = useConsole().config;
  const question = useStored(draft);
  const set = useStored(settings);
  const { turns } = useConversation();
  const { isReading } = useStored(attaching);
  const bytes = useMemo(
    () => (isBusy ? 0 : callBytes({ earlier: turns, question, settings: readSettings(set, model) })),
    [isBusy, turns, question, set, model],
  );
  if (isReading) return 'Reading the files…';
  const excess = bytes - chat.maxBodyBytes;
  if (excess > 0) {
    return `This is ${sizeWords(excess)} more than one call takes, with the conversation so far. Leave something out, or begin a new chat.`;
  }
  const isSilent = question.attachments.length > 0 && question.text.trim() === '';
  return isSilent ? 'Ask something in words, too.' : undefined;
}
