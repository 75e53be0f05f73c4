import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import type { Api } from '../../../api.ts';
import type { HeldKey } from '../../../key-in-hand/key-in-hand.ts';
import { readStanding, refreshStanding } from '../../../key-in-hand/use-standing.ts';
import type { ChatModel } from '../../../models/model-facts.ts';
import { useConsole } from '../../../shell/console-context.ts';
import type { Answer } from '../answer/answer.ts';
import { costOfAnswer, nothingSpent } from '../answer/answer-cost.ts';
import type { AskWith, Conversations } from '../conversation.ts';
import { readSpent } from '../key/use-spent.ts';
import { readSettings } from '../settings/chat-settings.ts';
import { usePlayground } from '../use-playground.ts';
import type { Question } from './question.ts';

/**
 * Asks with this key and the current settings, then finds out what the answer cost.
 * @param conversations those of a comparison, or the playground's own
 */
export function useAsk(key: HeldKey, model: ChatModel | undefined, conversations: Conversations) {
  const { settings } = usePlayground();
  const { api } = useConsole();
  const queries = useQueryClient();

  async function ask(work: (how: AskWith) => Promise<Answer | undefined>): Promise<void> {
    const usage = watchUsage(queries, api, key);
    const answer = await work({ key, settings: readSettings(settings.get(), model?.id ?? '', model) });
    void refreshStanding(queries, key);
    const cost = answer && (await usage.costOf(answer));
    if (answer !== undefined && cost !== undefined) conversations.setCost(answer.id, cost);
  }

  return {
    send: (question: Question) => ask((how) => conversations.send(question, how)),
    askAgain: (question?: Question) => ask((how) => conversations.askAgain(how, question)),
  };
}

/** Usage is written before a stream ends, but a read may see it a moment later. */
const looks = 3;
const pauseMs = 700;

/** A cost that can't be found is left out: it must not spoil the answer. */
function watchUsage(queries: QueryClient, api: Api, key: HeldKey) {
  const read = () =>
    readStanding(queries, api, key)
      .then((standing) => readSpent(queries, api, standing))
      .catch(() => undefined);
  const atStart = read();
  return {
    async costOf({ tokens }: Answer): Promise<number | undefined> {
      const before = await atStart;
      for (let look = 0; before !== undefined && look < looks; look += 1) {
        if (look > 0) await new Promise((done) => setTimeout(done, pauseMs));
        const after = await read();
        // The read failed, or it is another user's key.
        if (!after || tokens === undefined) return undefined;
        const cost = costOfAnswer(before ?? nothingSpent, after, tokens);
        if (cost !== undefined) return cost;
      }
      return undefined;
    },
  };
}
