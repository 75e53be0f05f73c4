import { createValueStore } from '../value-store.ts';

interface Choice {
  keyId: string;
  /** When the newest key that there was then was created. */
  newest: string;
}

const storageName = 'daypass-playground-key';

/** Which of their own keys the user chats with: its id alone, kept in this browser, so that a reload keeps the choice. */
export const ownKeyChoice = createValueStore<Choice | undefined>(readStored());

export function chooseOwnKey(keyId: string, keys: readonly { createdAt: string }[]): void {
  const choice = {
    keyId,
    newest:
      keys
        .map(({ createdAt }) => createdAt)
        .toSorted()
        .at(-1) ?? '',
  };
  ownKeyChoice.set(choice);
  try {
    localStorage.setItem(storageName, JSON.stringify(choice));
  } catch {
    // Storage is blocked: the choice lasts until the tab is closed.
  }
}

function readStored(): Choice | undefined {
  try {
    const { keyId, newest } = JSON.parse(localStorage.getItem(storageName) ?? '{}') as Partial<Choice>;
    return typeof keyId === 'string' && typeof newest === 'string' ? { keyId, newest } : undefined;
  } catch {
    return undefined;
  }
}

/** The chosen key, or the newest: one that was created after the choice has been created to be used. */
export function pickOwnKey<Key extends { id: string; createdAt: string }>(
  keys: readonly Key[],
  choice: Choice | undefined,
): Key | undefined {
  const chosen = keys.find(({ id }) => id === choice?.keyId);
  const newest = keys.toSorted((one, other) => one.createdAt.localeCompare(other.createdAt)).at(-1);
  if (chosen === undefined || newest === undefined || choice === undefined) return newest;
  return newest.createdAt > choice.newest ? newest : chosen;
}
