import type { Console } from '../../shell/console-context.ts';
import { freshSettings, type SettingsDraft } from './chat-settings.ts';
import { createConversation } from './conversation.ts';
import { onePerPerson } from './one-per-person.ts';
import { openAnswer } from './open-answer.ts';
import { createValueStore } from './value-store.ts';

/**
 * What a person has in the playground of this tab. It outlives the screen, so that one may look something up and come
 * back; it is written nowhere, so a reload ends it.
 */
export const playgroundOf = onePerPerson(
  ({ api }: Pick<Console, 'api' | 'session'>) => ({
    conversation: createConversation({
      open: openAnswer(api),
      now: Date.now,
      newId: () => crypto.randomUUID(),
      onNextFrame(work) {
        const frame = requestAnimationFrame(work);
        return () => cancelAnimationFrame(frame);
      },
    }),
    settings: createValueStore<SettingsDraft>(freshSettings),
    /** The question that is being typed. */
    question: createValueStore(''),
  }),
  ({ conversation, settings, question }) => {
    conversation.clear();
    settings.set(freshSettings);
    question.set('');
  },
);

export type Playground = ReturnType<typeof playgroundOf>;
