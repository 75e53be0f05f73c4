import { Readable } from 'node:stream';
import type { Gzip } from './gzip.ts';

/** API Gateway closes a silent regional stream after 5 minutes, and proxies do so much earlier. */
export const heartbeatMs = 15_000;
/** How often all open answers are looked at: so much later a heartbeat may come. */
const tickMs = 1000;

/** One clock for all answers, since a timer for each chunk would cost more than the chunk. It runs while there are any. */
const open = new Set<HeartbeatStream>();
let clock: NodeJS.Timeout | undefined;

/**
 * Chunks of an answer as a stream, at the reader's pace.
 * @param beat sent during every long silence, and skipped by readers
 * @param waitedMs how long the caller has waited so far
 * @param gzip for callers that accept it
 */
export function toHeartbeatStream(
  chunks: AsyncIterable<string>,
  beat: string,
  { waitedMs = 0, gzip }: { waitedMs?: number; gzip?: Gzip | undefined } = {},
): Readable {
  return new HeartbeatStream(chunks[Symbol.asyncIterator](), beat, performance.now() - waitedMs, gzip);
}

class HeartbeatStream extends Readable {
  private readonly source: AsyncIterator<string>;
  private readonly beat: string;
  private readonly gzip: Gzip | undefined;
  private lastAt: number;
  private isWaiting = false;

  constructor(source: AsyncIterator<string>, beat: string, lastAt: number, gzip: Gzip | undefined) {
    // The default of 16 chunks would only take memory.
    super({ objectMode: true, highWaterMark: 1 });
    this.source = source;
    this.beat = beat;
    this.gzip = gzip;
    this.lastAt = lastAt;
    open.add(this);
    clock ??= setInterval(() => {
      for (const stream of open) stream.fillSilence();
    }, tickMs);
  }

  override _read(): void {
    if (this.isWaiting) return;
    this.isWaiting = true;
    this.source.next().then(
      ({ done, value }) => {
        this.isWaiting = false;
        this.lastAt = performance.now();
        if (!done) this.send(value);
        else {
          if (this.gzip !== undefined) this.push(this.gzip.end());
          this.push(null);
        }
      },
      (error: Error) => this.destroy(error),
    );
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    open.delete(this);
    if (open.size === 0) {
      clearInterval(clock);
      clock = undefined;
    }
    // The stream has closed only once its source has ended, clean-up included.
    Promise.resolve(this.source.return?.()).then(() => done(error), done);
  }

  private send(text: string): void {
    this.push(this.gzip === undefined ? text : this.gzip.piece(text));
  }

  private fillSilence(): void {
    const now = performance.now();
    if (!this.isWaiting || this.readableLength > 0 || now - this.lastAt < heartbeatMs) return;
    this.lastAt = now;
    this.send(this.beat);
  }
}
