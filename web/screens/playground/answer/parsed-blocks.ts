import type { ReactNode } from 'react';

export type ParsedBlocks = ReturnType<typeof createParsedBlocks>;

/** Enough for some hundred answers. */
const mostCharacters = 2_000_000;

/** Finished blocks of markdown as they were drawn, so that whoever comes back to the screen needn't wait for the parser. */
export function createParsedBlocks() {
  const blocks = new Map<string, ReactNode>();
  let characters = 0;
  return {
    get: (key: string): ReactNode => blocks.get(key),
    set(key: string, drawn: ReactNode): void {
      blocks.set(key, drawn);
      characters += key.length;
      for (const [oldest] of blocks) {
        if (characters <= mostCharacters) break;
        blocks.delete(oldest);
        characters -= oldest.length;
      }
    },
    clear(): void {
      blocks.clear();
      characters = 0;
    },
  };
}
