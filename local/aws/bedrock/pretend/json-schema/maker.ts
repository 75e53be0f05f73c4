/** What the makers of arrays, objects and strings need to make what is inside of them. */
export interface Maker {
  make(schema: unknown, options?: { name?: string; ordinal?: number }): unknown;
  /** The next choice of this variation. */
  pick(count: number): number;
  /** Whether optional properties may be added. */
  readonly isShallow: boolean;
  /** Name and place in the parent, for values that differ. */
  readonly name: string;
  readonly ordinal: number;
}
