export type PartingWord = 'confirmed' | 'password-set' | 'logged-out-everywhere' | 'deleted';

/**
 * What the log-in screen has to say to whoever is led there. Not in the address, where anybody could put it into
 * somebody's mouth.
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
