import type { InReservedTime } from '../clock.ts';

export interface UndoingPorts {
  inReservedTime: InReservedTime;
  /** Called when the undo failed too; the intent stays, and the reconciler finishes it. */
  onUndoFailed(step: string, keyId: string, error: unknown): void;
}

/**
 * Undoes what an operation did before it failed, even if it failed because its time was over.
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
