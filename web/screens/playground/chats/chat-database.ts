import type { DBSchema, IDBPDatabase } from 'idb';
import type { ChatDatabase } from './keep-chats.ts';
import { fromStored, type StoredChat, toStored } from './stored-chat.ts';

interface Schema extends DBSchema {
  chats: { key: [string, string]; value: StoredChat; indexes: { userId: string } };
}

/** A user's chats in IndexedDB. Every user of the browser has their own, and sees no other's. */
export function chatDatabase(userId: string): ChatDatabase {
  let opening: Promise<IDBPDatabase<Schema>> | undefined;
  const database = () => {
    opening ??= open();
    return opening;
  };
  return {
    async all() {
      const stored = await (await database()).getAllFromIndex('chats', 'userId', userId);
      return stored.flatMap((one) => fromStored(one) ?? []);
    },
    async put(chat) {
      await (await database()).put('chats', toStored(userId, chat));
    },
    async delete(id) {
      await (await database()).delete('chats', [userId, id]);
    },
    async clear() {
      const { store, done } = (await database()).transaction('chats', 'readwrite');
      for (const key of await store.index('userId').getAllKeys(userId)) await store.delete(key);
      await done;
    },
  };
}

async function open(): Promise<IDBPDatabase<Schema>> {
  const { openDB } = await import('idb');
  return openDB<Schema>('daypass-chats', 1, {
    upgrade(created) {
      created.createObjectStore('chats', { keyPath: ['userId', 'id'] }).createIndex('userId', 'userId');
    },
  });
}

/** Whether a user has chosen to keep chats in this browser. */
export function keptChoice(userId: string): { get(): boolean; set(isKept: boolean): void } {
  const name = `daypass-keep-chats:${userId}`;
  return {
    get() {
      try {
        return localStorage.getItem(name) === 'yes';
      } catch {
        return false;
      }
    },
    set(isKept) {
      try {
        if (isKept) localStorage.setItem(name, 'yes');
        else localStorage.removeItem(name);
      } catch {
        // Storage is blocked: the choice lasts until the tab is closed.
      }
    },
  };
}
