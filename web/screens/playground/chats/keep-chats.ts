import { createValueStore } from '../../../value-store.ts';
import { isUnderWay } from '../answer/answer.ts';
import type { Conversation, Conversations } from '../conversation.ts';

export interface KeepingState {
  /** Whether the user has chosen to keep chats in this browser. */
  isKept: boolean;
  /** The browser has refused to store some, for want of room for one. */
  isFailing: boolean;
}

/** One user's chats in this browser. */
export interface ChatDatabase {
  all(): Promise<readonly Conversation[]>;
  put(chat: Conversation): Promise<void>;
  delete(id: string): Promise<void>;
  clear(): Promise<void>;
}

export interface KeepingDeps {
  conversations: Pick<Conversations, 'state' | 'subscribe' | 'restore'>;
  database: ChatDatabase;
  /** The user's choice. */
  choice: { get(): boolean; set(isKept: boolean): void };
  /** @returns a function that cancels it */
  schedule: (work: () => void, delayMs: number) => () => void;
}

/** How often an answer that is still coming is stored. */
const pauseMs = 2000;

/** Keeps a tab's conversations in the browser, once the user has chosen so. */
export function createKeeping({ conversations, database, choice, schedule }: KeepingDeps) {
  const store = createValueStore<KeepingState>({ isKept: choice.get(), isFailing: false });
  /** As they were stored last, by id. */
  let stored = new Map<string, Conversation>();
  let unsubscribe = () => {};
  let cancelLater: (() => void) | undefined;
  let queue: Promise<void> = Promise.resolve();

  const enqueue = (work: () => Promise<void>): Promise<void> => {
    queue = queue.then(work).catch(() => store.set({ ...store.get(), isFailing: true }));
    return queue;
  };

  function save(): void {
    cancelLater?.();
    cancelLater = undefined;
    const { all } = conversations.state();
    const asked = all.filter(({ turns }) => turns.length > 0);
    for (const chat of asked) {
      if (stored.get(chat.id) === chat) continue;
      enqueue(() => database.put(chat));
    }
    const ids = new Set(asked.map(({ id }) => id));
    for (const id of stored.keys()) if (!ids.has(id)) enqueue(() => database.delete(id));
    stored = new Map(asked.map((chat) => [chat.id, chat]));
  }

  function onChange(): void {
    const isComing = conversations
      .state()
      .all.some(({ turns }) => turns.some(({ answer }) => isUnderWay(answer)));
    if (isComing) cancelLater ??= schedule(save, pauseMs);
    else save();
  }

  function watch(): Promise<void> {
    unsubscribe = conversations.subscribe(onChange);
    return enqueue(async () => {
      const earlier = await database.all();
      for (const chat of earlier) stored.set(chat.id, chat);
      conversations.restore(...earlier);
      save();
    });
  }

  function stop(): void {
    unsubscribe();
    unsubscribe = () => {};
    cancelLater?.();
    cancelLater = undefined;
    stored = new Map();
  }

  return {
    get: store.get,
    subscribe: store.subscribe,
    /** Brings back what was kept earlier. */
    start: (): Promise<void> => (store.get().isKept ? watch() : queue),
    keep(): Promise<void> {
      choice.set(true);
      store.set({ isKept: true, isFailing: false });
      return watch();
    },
    /** Deletes what is stored; this tab still has its chats. */
    forget(): Promise<void> {
      choice.set(false);
      store.set({ isKept: false, isFailing: false });
      stop();
      return enqueue(() => database.clear());
    },
    /** The user has left: what is stored stays, and is brought back only for them. */
    stop,
  };
}
