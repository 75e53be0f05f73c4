import { ApiError } from '../../api-error.ts';
import type { HeldKey } from '../../key-in-hand/key-in-hand.ts';
import type { RateLimits } from '../../rate-limits.ts';
import { createValueStore } from '../../value-store.ts';
import { type Answer, type AnswerEvent, endedAs, isUnderWay, newAnswer, withEvent } from './answer/answer.ts';
import type { Question } from './question/question.ts';
import type { ChatSettings } from './settings/chat-settings.ts';

/** A question and its answer. */
export interface Turn {
  id: string;
  question: Question;
  answer: Answer;
}

export interface ConversationState {
  turns: readonly Turn[];
  /** The limits that the latest answer reported, and when. */
  left: { keyId: number; limits: RateLimits; at: number } | undefined;
  /** How many calls have ended, in whatever way. */
  ended: number;
}

/** A call that was accepted: its headers have arrived, its answer is streaming. */
export interface OpenedAnswer {
  limits: RateLimits;
  events: AsyncIterable<AnswerEvent>;
}

export interface ConversationDeps {
  /** @throws ApiError; also from the events */
  open(ask: Ask, signal: AbortSignal): Promise<OpenedAnswer>;
  /** Milliseconds. */
  now: () => number;
  newId: () => string;
  /** Runs before the next frame is painted. @returns a function that cancels it */
  onNextFrame: (work: () => void) => () => void;
}

export interface Ask {
  key: Pick<HeldKey, 'id' | 'secret'>;
  settings: ChatSettings;
  earlier: readonly Turn[];
  question: Question;
}

export type AskWith = Pick<Ask, 'key' | 'settings'>;

/**
 * The conversation of this tab, one answer at a time. However many parts it comes in, subscribers are notified at most
 * once a frame.
 */
export function createConversation(deps: ConversationDeps) {
  const store = createValueStore<ConversationState>({ turns: [], left: undefined, ended: 0 });
  let running: AbortController | undefined;

  const change = (next: Partial<ConversationState>) => store.set({ ...store.get(), ...next });
  const replaceAnswer = (answer: Answer) =>
    change({
      turns: store.get().turns.map((turn) => (turn.answer.id === answer.id ? { ...turn, answer } : turn)),
    });

  /** API Gateway's own refusals don't report limits. */
  function keepLimits({ key }: AskWith, limits: RateLimits): void {
    if (limits.requests === undefined && limits.tokens === undefined) return;
    change({ left: { keyId: key.id, limits, at: deps.now() } });
  }

  /** @returns the answer once it has ended */
  async function ask(
    turn: Pick<Turn, 'id' | 'question'>,
    earlier: readonly Turn[],
    how: AskWith,
  ): Promise<Answer> {
    running?.abort();
    const abort = new AbortController();
    running = abort;
    let answer = newAnswer(deps.newId(), how.settings.model, deps.now());
    change({ turns: [...earlier, { ...turn, answer }] });

    let cancelFrame: (() => void) | undefined;
    const show = () => {
      cancelFrame?.();
      cancelFrame = undefined;
      replaceAnswer(answer);
    };
    try {
      const opened = await deps.open({ ...how, earlier, question: turn.question }, abort.signal);
      keepLimits(how, opened.limits);
      for await (const event of opened.events) {
        answer = withEvent(answer, event, deps.now());
        cancelFrame ??= deps.onNextFrame(show);
      }
      answer = endedAs(answer, 'done', deps.now());
    } catch (error) {
      const stopped = abort.signal.aborted;
      answer = endedAs(answer, stopped ? 'stopped' : 'failed', deps.now(), stopped ? undefined : error);
      if (error instanceof ApiError) keepLimits(how, error.rateLimits);
    }
    show();
    change({ ended: store.get().ended + 1 });
    return answer;
  }

  const last = () => store.get().turns.at(-1);
  return {
    state: store.get,
    subscribe: store.subscribe,
    isBusy: () => store.get().turns.some(({ answer }) => isUnderWay(answer)),
    send: (question: Question, how: AskWith) => ask({ id: deps.newId(), question }, store.get().turns, how),
    /** Asks the last question again, or another in its place, and replaces its answer. */
    async askAgain(how: AskWith, question = last()?.question): Promise<Answer | undefined> {
      const turn = last();
      if (turn === undefined || question === undefined) return undefined;
      return ask({ id: turn.id, question }, store.get().turns.slice(0, -1), how);
    },
    stop: () => running?.abort(),
    setCost(answerId: string, cost: number): void {
      const answer = store.get().turns.find((turn) => turn.answer.id === answerId)?.answer;
      if (answer !== undefined) replaceAnswer({ ...answer, cost });
    },
    clear(): void {
      running?.abort();
      change({ turns: [] });
    },
  };
}
