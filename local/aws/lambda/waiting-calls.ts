import { LambdaThrottled } from './invocation-errors.ts';

interface Refusable {
  refuse(error: Error): void;
}

/**
 * Calls that wait for an environment, in their order. Lambda has no such queue: it scales up or throttles at once. A
 * machine with few cores scales more slowly, so it throttles later, but it throttles.
 */
export class WaitingCalls<Call extends Refusable> {
  readonly #longestMilliseconds: number;
  readonly #calls: { call: Call; timer: NodeJS.Timeout }[] = [];

  constructor(longestMilliseconds: number) {
    this.#longestMilliseconds = longestMilliseconds;
  }

  get length(): number {
    return this.#calls.length;
  }

  add(call: Call): void {
    const timer = setTimeout(() => {
      this.#calls.splice(
        this.#calls.findIndex((waiting) => waiting.call === call),
        1,
      );
      call.refuse(new LambdaThrottled('ConcurrentInvocationLimitExceeded'));
    }, this.#longestMilliseconds);
    this.#calls.push({ call, timer });
  }

  next(): Call | undefined {
    const first = this.#calls.shift();
    clearTimeout(first?.timer);
    return first?.call;
  }

  takeAll(): Call[] {
    const all = this.#calls.splice(0);
    for (const { timer } of all) clearTimeout(timer);
    return all.map(({ call }) => call);
  }
}
