/** What the makers of arrays, objects and strings are given: the way back, and where they are. */
export interface Maker {
  make(schema: unknown, options?: { name?: string; ordinal?: number }): unknown;
  /** The next choice of this way. */
  pick(count: number): number;
  /** Still near enough to the top to add what isn't required. */
  readonly isShallow: boolean;
  /** Of the place in its parent: makes values that differ. */
  readonly name: string;
  readonly ordinal: number;
}
