import { useMemo } from 'react';
import { sizeWords } from '../../../language/number-words.ts';
import { t } from '../../../language/t.ts';
import { useConsole } from '../../../shell/console-context.ts';
import { readSettings } from '../settings/chat-settings.ts';
import { useConversations, usePlayground, useStored } from '../use-playground.ts';
import { callBytes } from './body-to-send.ts';
import { emptyQuestion, type Question } from './question.ts';

/** Why the question can't be sent as it is. An empty question needs no explanation. */
export function useDraftHindrance(model: string, isBusy: boolean): string | undefined {
  const { draft, attaching, settings } = usePlayground();
  const { chat } = useConsole().config;
  const question = useStored(draft);
  const set = useStored(settings);
  const { turns } = useConversations();
  const { isReading } = useStored(attaching);
  const call = useMemo(() => ({ earlier: turns, settings: readSettings(set, model) }), [turns, set, model]);
  // With every key only the question is measured, not the conversation before it.
  const otherBytes = useMemo(
    () => (isBusy ? 0 : callBytes({ ...call, question: emptyQuestion }) - questionBytes(emptyQuestion, call)),
    [isBusy, call],
  );
  const bytes = isBusy ? 0 : otherBytes + questionBytes(question, call);
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

const questionBytes = (question: Question, { settings }: Pick<Parameters<typeof callBytes>[0], 'settings'>) =>
  callBytes({ earlier: [], question, settings });
