import type { Capacity } from './capacity.ts';
import type { ExecutionEnvironment, Outcome, StreamSink } from './execution-environment.ts';
import { InitFailure } from './execution-environment.ts';
import { hostClosed, LambdaThrottled, runtimeExited, timedOut } from './invocation-errors.ts';
import type { ThreadCall } from './thread-protocol.ts';
import { WaitingCalls } from './waiting-calls.ts';

/** One call of the function, from its arrival to its outcome. */
export interface PendingCall {
  call: ThreadCall;
  sink: StreamSink;
  settle(outcome: Outcome): void;
  refuse(error: Error): void;
  /** Called when the call is the first of a new environment. */
  wasCold(initMilliseconds: number): void;
}

export interface PoolLimits {
  environments: number;
  waiting: number;
  waitMilliseconds: number;
  reservedConcurrency: number | undefined;
  idleMilliseconds: number;
  initTimeoutMilliseconds: number;
  timeoutSeconds: number;
}

export interface PoolOptions {
  limits: PoolLimits;
  capacity: Capacity;
  start(initTimeoutMilliseconds: number, onEnd: () => void): ExecutionEnvironment;
  /** Called when an environment has started, ended or become idle: others that wait for a place may try again. */
  onPlaceFreed(): void;
  warn(message: string): void;
}

interface Idle {
  environment: ExecutionEnvironment;
  since: number;
  timer: NodeJS.Timeout;
  /** Set until its first call. */
  initMilliseconds: number | undefined;
}

/** The environments of one function's code: started on demand, reused warm, last in first out. */
export class FunctionPool {
  readonly #options: PoolOptions;
  readonly #waiting: WaitingCalls<PendingCall>;
  readonly #environments = new Set<ExecutionEnvironment>();
  readonly #busy = new Set<ExecutionEnvironment>();
  #idle: Idle[] = [];
  #starting = 0;
  #retired = false;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#waiting = new WaitingCalls(options.limits.waitMilliseconds);
  }

  submit(pending: PendingCall): void {
    const refusal = this.#refusal();
    if (refusal !== undefined) {
      pending.refuse(refusal);
      return;
    }
    this.#waiting.add(pending);
    this.pump();
  }

  /** Gives waiting calls to idle environments, and starts those that are missing. */
  pump(): void {
    while (this.#waiting.length > 0) {
      const idle = this.#idle.pop();
      if (idle === undefined) break;
      clearTimeout(idle.timer);
      const next = idle.environment.alive ? this.#waiting.next() : undefined;
      if (next !== undefined) void this.#dispatch(idle, next);
    }
    while (this.#mayStart() && this.#options.capacity.tryStart()) void this.#start();
  }

  /**
   * Stops taking calls; running ones finish, and the environments end as they become idle.
   * @returns the calls that still wait
   */
  retire(): PendingCall[] {
    this.#retired = true;
    while (this.endLongestIdle());
    return this.#waiting.takeAll();
  }

  /** Ends every environment, the running calls with them. */
  async close(): Promise<void> {
    for (const pending of this.retire()) pending.refuse(hostClosed());
    await Promise.all([...this.#environments].map((environment) => environment.end()));
  }

  get longestIdleSince(): number | undefined {
    return this.#idle[0]?.since;
  }

  endLongestIdle(): boolean {
    const idle = this.#idle.shift();
    if (idle === undefined) return false;
    clearTimeout(idle.timer);
    void idle.environment.end();
    return true;
  }

  get busy(): Iterable<ExecutionEnvironment> {
    return this.#busy;
  }

  get counts() {
    const [idle, busy, starting, waiting] = [
      this.#idle.length,
      this.#busy.size,
      this.#starting,
      this.#waiting.length,
    ];
    return { idle, busy, starting, waiting };
  }

  /** Retired, and its last environment has ended. */
  get isSpent(): boolean {
    return this.#retired && this.#environments.size === 0;
  }

  #refusal(): Error | undefined {
    const { reservedConcurrency = Infinity, waiting } = this.#options.limits;
    if (this.#retired) return hostClosed();
    if (this.#busy.size + this.#waiting.length >= reservedConcurrency) {
      return new LambdaThrottled('ReservedFunctionConcurrentInvocationLimitExceeded');
    }
    return this.#waiting.length >= waiting
      ? new LambdaThrottled('ConcurrentInvocationLimitExceeded')
      : undefined;
  }

  #mayStart(): boolean {
    const { environments, reservedConcurrency = Infinity } = this.#options.limits;
    const cap = Math.min(environments, reservedConcurrency);
    return this.#starting < this.#waiting.length && this.#environments.size < cap;
  }

  async #start(): Promise<void> {
    const { capacity } = this.#options;
    this.#starting += 1;
    const startedAt = performance.now();
    try {
      const environment = await this.#startAsLambdaDoes();
      this.#rest(environment, performance.now() - startedAt);
    } catch (error) {
      this.#failNext(error);
    }
    this.#starting -= 1;
    capacity.started();
    this.pump();
    this.#options.onPlaceFreed();
  }

  /** An init phase that runs out of its 10 s is run again as part of the call, within the call's own timeout. */
  async #startAsLambdaDoes(): Promise<ExecutionEnvironment> {
    const { initTimeoutMilliseconds, timeoutSeconds } = this.#options.limits;
    try {
      return await this.#startOne(initTimeoutMilliseconds);
    } catch (error) {
      const timedOutOnce = error instanceof InitFailure && error.reason === 'timeout' && !this.#retired;
      if (!timedOutOnce) throw error;
      this.#options.warn(`init timed out after ${initTimeoutMilliseconds / 1000} seconds; starting again`);
      return await this.#startOne(timeoutSeconds * 1000);
    }
  }

  async #startOne(initTimeoutMilliseconds: number): Promise<ExecutionEnvironment> {
    const environment = this.#options.start(initTimeoutMilliseconds, () => {
      this.#environments.delete(environment);
      this.#idle = this.#idle.filter((idle) => idle.environment !== environment);
      this.pump();
      this.#options.onPlaceFreed();
    });
    this.#environments.add(environment);
    await environment.ready;
    return environment;
  }

  #failNext(failure: unknown): void {
    const next = this.#waiting.next();
    if (next === undefined) return;
    if (!(failure instanceof InitFailure)) {
      next.refuse(failure instanceof Error ? failure : new Error(String(failure)));
      return;
    }
    next.settle({ ok: false, error: this.#initError(failure, next.call.requestId) });
  }

  #initError(failure: InitFailure, requestId: string): string {
    if (failure.reason === 'error') return failure.payload;
    if (failure.reason === 'timeout') return timedOut(requestId, this.#options.limits.timeoutSeconds);
    return runtimeExited(requestId, failure.exitCode);
  }

  async #dispatch({ environment, initMilliseconds }: Idle, next: PendingCall): Promise<void> {
    if (initMilliseconds !== undefined) next.wasCold(initMilliseconds);
    this.#busy.add(environment);
    const outcome = await environment.run(next.call, next.sink);
    this.#busy.delete(environment);
    // Before the answer: a caller who calls again at once must find this environment warm.
    if (environment.alive) this.#rest(environment, undefined);
    next.settle(outcome);
    this.pump();
    // An idle environment may make room for another function's call.
    if (this.#idle.length > 0) this.#options.onPlaceFreed();
  }

  #rest(environment: ExecutionEnvironment, initMilliseconds: number | undefined): void {
    if (this.#retired) {
      void environment.end();
      return;
    }
    const timer = setTimeout(() => void environment.end(), this.#options.limits.idleMilliseconds);
    timer.unref();
    this.#idle.push({ environment, since: performance.now(), timer, initMilliseconds });
  }
}
