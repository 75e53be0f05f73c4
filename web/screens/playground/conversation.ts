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

export interface Conversation {
  id: string;
  /** As the user named it; undefined: it goes by its first question. */
  name: string | undefined;
  turns: readonly Turn[];
  /** When it was last asked something, in milliseconds. */
  askedAt: number;
}

export interface ConversationsState {
  /** Every conversation with at least one turn, and the open one, in no particular order. */
  all: readonly Conversation[];
  openId: string;
  /** Those of the open conversation. */
  turns: readonly Turn[];
  /** The limits that the latest answer reported, and when. */
  left: { keyId: string; limits: RateLimits; at: number } | undefined;
  /** The latest refusal for lack of requests, tokens or money, until a call with the same key is accepted. */
  refused: { keyId: string; error: ApiError; at: number } | undefined;
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
  key: HeldKey;
  settings: ChatSettings;
  earlier: readonly Turn[];
  question: Question;
}

export type AskWith = Pick<Ask, 'key' | 'settings'>;

export type Conversations = ReturnType<typeof createConversations>;

/**
 * The conversations of this tab. One of them is open: it is what `state().turns`, `send`, `askAgain` and `stop` are
 * about. Each has one answer under way at most, and one that was left goes on answering. However many parts an answer
 * comes in, subscribers are notified at most once a frame.
 */
export function createConversations(deps: ConversationDeps) {
  const empty = (): Conversation => ({ id: deps.newId(), name: undefined, turns: [], askedAt: deps.now() });
  const first = empty();
  const store = createValueStore<ConversationsState>({
    all: [first],
    openId: first.id,
    turns: first.turns,
    left: undefined,
    refused: undefined,
    ended: 0,
  });
  /** By the conversation's id. */
  const running = new Map<string, AbortController>();

  const change = (next: Partial<ConversationsState>) => store.set({ ...store.get(), ...next });
  const find = (id: string) => store.get().all.find((conversation) => conversation.id === id);
  const open = (): Conversation => find(store.get().openId) ?? first;

  /** Opens `conversation`, after `all` has lost those that nothing was asked in. */
  function show(conversation: Conversation, all = store.get().all): void {
    const others = all.filter(({ id, turns }) => id !== conversation.id && turns.length > 0);
    change({ all: [...others, conversation], openId: conversation.id, turns: conversation.turns });
  }

  function update(id: string, next: (before: Conversation) => Conversation): void {
    const all = store
      .get()
      .all.map((conversation) => (conversation.id === id ? next(conversation) : conversation));
    change({ all, turns: all.find((conversation) => conversation.id === store.get().openId)?.turns ?? [] });
  }

  /** Nothing, if the answer was replaced or its conversation deleted in the meantime. */
  function replaceAnswer(conversationId: string, answer: Answer): void {
    update(conversationId, (before) => ({
      ...before,
      turns: before.turns.map((turn) => (turn.answer.id === answer.id ? { ...turn, answer } : turn)),
    }));
  }

  /** API Gateway's own refusals don't report limits. */
  function keepLimits({ key }: Pick<AskWith, 'key'>, limits: RateLimits): void {
    if (limits.requests === undefined && limits.tokens === undefined) return;
    change({ left: { keyId: key.id, limits, at: deps.now() } });
  }

  function keepRefusal({ key }: Pick<AskWith, 'key'>, error: ApiError): void {
    keepLimits({ key }, error.rateLimits);
    if (isLackOfMeans(error)) change({ refused: { keyId: key.id, error, at: deps.now() } });
  }

  /** @returns the answer once it has ended */
  async function ask(
    turn: Pick<Turn, 'id' | 'question'>,
    earlier: readonly Turn[],
    how: AskWith,
  ): Promise<Answer> {
    const { id } = open();
    running.get(id)?.abort();
    const abort = new AbortController();
    running.set(id, abort);
    let answer = newAnswer(deps.newId(), how.settings.model, deps.now());
    update(id, (before) => ({ ...before, turns: [...earlier, { ...turn, answer }], askedAt: deps.now() }));

    let cancelFrame: (() => void) | undefined;
    const draw = () => {
      cancelFrame?.();
      cancelFrame = undefined;
      replaceAnswer(id, answer);
    };
    try {
      const opened = await deps.open({ ...how, earlier, question: turn.question }, abort.signal);
      keepLimits(how, opened.limits);
      if (store.get().refused?.keyId === how.key.id) change({ refused: undefined });
      for await (const event of opened.events) {
        answer = withEvent(answer, event, deps.now());
        cancelFrame ??= deps.onNextFrame(draw);
      }
      answer = endedAs(answer, 'done', deps.now());
    } catch (error) {
      const stopped = abort.signal.aborted;
      answer = endedAs(answer, stopped ? 'stopped' : 'failed', deps.now(), stopped ? undefined : error);
      if (error instanceof ApiError) keepRefusal(how, error);
    }
    if (running.get(id) === abort) running.delete(id);
    draw();
    change({ ended: store.get().ended + 1 });
    return answer;
  }

  const last = () => store.get().turns.at(-1);
  return {
    state: store.get,
    subscribe: store.subscribe,
    send: (question: Question, how: AskWith) => ask({ id: deps.newId(), question }, store.get().turns, how),
    /** Asks the last question again, or another in its place, and replaces its answer. */
    async askAgain(how: AskWith, question = last()?.question): Promise<Answer | undefined> {
      const turn = last();
      if (turn === undefined || question === undefined) return undefined;
      return ask({ id: turn.id, question }, store.get().turns.slice(0, -1), how);
    },
    stop: () => running.get(store.get().openId)?.abort(),
    setCost(answerId: string, cost: number): void {
      for (const { id, turns } of store.get().all) {
        const answer = turns.find((turn) => turn.answer.id === answerId)?.answer;
        if (answer !== undefined) replaceAnswer(id, { ...answer, cost });
      }
    },
    /** What answers and refusals said of a key's limits no longer holds: it has been moved to another plan. */
    forgetLimits: () => change({ left: undefined, refused: undefined }),

    /** Opens an empty conversation; the one that was open is kept. */
    startNew: () => show(empty()),
    open(id: string): void {
      const conversation = find(id);
      if (conversation !== undefined) show(conversation);
    },
    /** @param name blank: it goes by its first question again */
    rename: (id: string, name: string) =>
      update(id, (before) => ({ ...before, name: name.trim() || undefined })),
    /** Stops its answer. @returns what `restore` puts back */
    remove(id: string): Conversation | undefined {
      const removed = find(id);
      if (removed === undefined) return undefined;
      running.get(id)?.abort();
      const all = store.get().all.filter((conversation) => conversation !== removed);
      if (id === store.get().openId) show(empty(), all);
      else change({ all });
      return removed;
    },
    /** Puts back what was removed, or adds what was stored; a conversation that is there already stays as it is. */
    restore(...conversations: readonly Conversation[]): void {
      const added = conversations.filter(({ id }) => find(id) === undefined).map(withoutRunning(deps.now()));
      if (added.length > 0) change({ all: [...store.get().all, ...added] });
    },
    /** Deletes every conversation. */
    clear(): void {
      for (const abort of running.values()) abort.abort();
      show(empty(), []);
    },
  };
}

/** A limit is full: calls are refused until it starts anew. */
export const isLackOfMeans = (error: unknown): boolean =>
  error instanceof ApiError &&
  ['quota_exceeded', 'rate_limit_exceeded', 'ceiling_reached'].includes(error.code);

/** Nothing arrives any more for an answer that was under way. */
const withoutRunning =
  (now: number) =>
  (conversation: Conversation): Conversation => ({
    ...conversation,
    turns: conversation.turns.map((turn) =>
      isUnderWay(turn.answer) ? { ...turn, answer: endedAs(turn.answer, 'stopped', now) } : turn,
    ),
  });
