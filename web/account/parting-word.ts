export type PartingWord = 'confirmed' | 'password-set' | 'logged-out-everywhere' | 'deleted';

/**
 * What the login screen tells a user who is sent there. Not kept in the address, where anyone could make up such a
 * message.
 */
export function createPartingWord() {
  let word: PartingWord | undefined;
  return {
    leave(next: PartingWord): void {
      word = next;
    },
    read: () => word,
    forget(): void {
      word = undefined;
    },
  };
}

export const partingWord = createPartingWord();
