import { AsyncLocalStorage } from 'node:async_hooks';

interface RequestIds {
  /** The caller's `x-request-id`, or Lambda's id of an invocation that answers nobody. */
  requestId: string;
  /** The model provider's own id of the last request that it answered, which its support asks for. */
  providerRequestId?: string | undefined;
}

const current = new AsyncLocalStorage<RequestIds>();

/** Runs the work of one request, whose ids are in every line that it logs. */
export function withRequestId<T>(requestId: string, work: () => T): T {
  return current.run({ requestId }, work);
}

/** Outside of a request it has none. */
export function requestIds(): Partial<RequestIds> {
  return current.getStore() ?? {};
}
