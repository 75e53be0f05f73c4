import { AsyncLocalStorage } from 'node:async_hooks';
import type { Acting } from '../core/audit.ts';

const current = new AsyncLocalStorage<Acting>();

/** Without a call it is the reconciler, or whatever else runs by itself. */
const system: Acting = { as: 'system', actorId: null, address: null, requestId: null };

/** Runs work for whom the audit trail names as its actor. The domain need not hand this through. */
export function acting<T>(who: Acting, work: () => Promise<T>): Promise<T> {
  return current.run(who, work);
}

export function whoActs(): Acting {
  return current.getStore() ?? system;
}
