import type { StreamEvent } from '../../stream/event-frames.ts';

/** One event of each block in turn, until all are told. */
export function interleave(blocks: StreamEvent[][]): StreamEvent[] {
  const longest = Math.max(...blocks.map(({ length }) => length));
  return Array.from({ length: longest }, (_, at) => blocks.flatMap((events) => events[at] ?? [])).flat();
}
