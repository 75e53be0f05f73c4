/** What all responses together hold for readers who are slower than their functions. */
export interface ResponseMemory {
  take(bytes: number): void;
  give(bytes: number): void;
  readonly isFull: boolean;
  /** Calls back once, when there is room again. */
  whenRoom(resume: () => void): void;
  readonly heldBytes: number;
}

export function createResponseMemory(limitBytes: number): ResponseMemory {
  let heldBytes = 0;
  let waiting = new Set<() => void>();
  return {
    take(bytes) {
      heldBytes += bytes;
    },
    give(bytes) {
      heldBytes -= bytes;
      if (heldBytes >= limitBytes || waiting.size === 0) return;
      const resumed = waiting;
      waiting = new Set();
      for (const resume of resumed) resume();
    },
    get isFull() {
      return heldBytes >= limitBytes;
    },
    whenRoom: (resume) => void waiting.add(resume),
    get heldBytes() {
      return heldBytes;
    },
  };
}
