import type { ServerResponse } from 'node:http';
import type { ServerHttp2Stream } from 'node:http2';

/** Aborts when the client leaves. */
export function leftSignal(response: ServerResponse): AbortSignal {
  const left = new AbortController();
  response.once('close', () => left.abort());
  return left.signal;
}

/** Not by the response's socket: over HTTP/1.1 it gets one only when the answer before it on the connection is sent. */
function hasLeft(response: ServerResponse): boolean {
  if ('stream' in response) return (response.stream as ServerHttp2Stream).destroyed;
  return response.destroyed || response.req.socket.destroyed;
}

/** How many generations there were, and how they ended. */
export interface GenerationStats {
  started: number;
  completed: number;
  aborted: number;
  failed: number;
  liveStreams: number;
}

export interface Generations {
  stats(): GenerationStats;
  /**
   * Runs `work` with a signal that aborts when the client leaves, and counts how it ended.
   * An aborted generation resolves to undefined, since nobody waits for its answer.
   */
  run<T>(response: ServerResponse, work: (signal: AbortSignal) => Promise<T>): Promise<T | undefined>;
}

export function createGenerations(): Generations {
  const stats: GenerationStats = { started: 0, completed: 0, aborted: 0, failed: 0, liveStreams: 0 };
  return {
    stats: () => ({ ...stats }),
    async run(response, work) {
      const left = new AbortController();
      const leave = () => left.abort();
      // The client may have left during a fault's delay; then there is no 'close' to come.
      if (hasLeft(response)) leave();
      response.once('close', leave);
      stats.started += 1;
      stats.liveStreams += 1;
      try {
        const result = await work(left.signal);
        stats[left.signal.aborted ? 'aborted' : 'completed'] += 1;
        return result;
      } catch (error) {
        stats[left.signal.aborted ? 'aborted' : 'failed'] += 1;
        if (left.signal.aborted) return undefined;
        throw error;
      } finally {
        stats.liveStreams -= 1;
        response.off('close', leave);
      }
    },
  };
}
