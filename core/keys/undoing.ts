import type { InReservedTime } from '../clock.ts';

export interface UndoingPorts {
  inReservedTime: InReservedTime;
  /** Told when an undo failed too; the written intent stays for the reconciler to finish. */
  onUndoFailed(step: string, keyId: string, error: unknown): void;
}

/**
 * Takes back what an operation did before it failed, if only for want of time.
 * @returns what `undo` returns, or undefined when it failed too
 */
export async function undoing<T>(
  ports: UndoingPorts,
  step: string,
  keyId: string,
  undo: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await ports.inReservedTime(undo);
  } catch (error) {
    ports.onUndoFailed(step, keyId, error);
    return undefined;
  }
}
