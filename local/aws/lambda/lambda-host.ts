import { randomBytes, randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { measureInvocation } from '../cloudwatch/service-metrics.ts';
import { threadProgram } from './bundle-thread-program.ts';
import { createCapacity } from './capacity.ts';
import { createFunctionPool } from './create-function-pool.ts';
import type { Outcome, RunCall } from './execution-environment.ts';
import { type FunctionDefinition, logTag, memoryLimitBytes } from './function-definition.ts';
import type { FunctionPool } from './function-pool.ts';
import {
  eventTooLarge,
  functionNotFound,
  hostClosed,
  LambdaThrottled,
  runtimeExited,
} from './invocation-errors.ts';
import { invokeBuffered } from './invoke-buffered.ts';
import { invokeStreaming } from './invoke-streaming.ts';
import type { LambdaInvoker } from './invoker.ts';
import { type LambdaHostDeps, mostEnvironments } from './lambda-host-deps.ts';
import { logTail } from './log-tail.ts';
import { reportCall } from './report-call.ts';
import { createResponseMemory } from './response-memory.ts';
import type { ThreadCall } from './thread-protocol.ts';

export interface LambdaHost extends LambdaInvoker {
  /** @throws LambdaRefusal for an unknown function, another account's or Region's, and what isn't `$LATEST` of it */
  requireFunction(functionName: string, qualifier: string | undefined): void;
  /** Defines a function, or replaces it: code and settings, for calls from now on. */
  defineFunction(definition: FunctionDefinition): void;
  /** New calls run the new code; running ones finish on the old. */
  swapCode(functionName: string, codeDirectory: string): void;
  /** `responseBytes` are held for slow readers. */
  stats(): { environments: number; responseBytes: number; functions: Record<string, FunctionPool['counts']> };
  /** Ends every environment; running calls fail, waiting and new ones are refused. */
  close(): Promise<void>;
}

const maximumEventBytes = 6_291_456;
const pulseMilliseconds = 200;

export function createLambdaHost(deps: LambdaHostDeps): LambdaHost {
  const functions = new Map<string, { definition: FunctionDefinition; pool: FunctionPool }>();
  /** Those of replaced code too, until they are empty. */
  const pools = new Map<FunctionPool, FunctionDefinition>();
  const clockOffset = new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT);
  const offset = new Float64Array(clockOffset);
  const capacity = createCapacity(
    { live: deps.maxEnvironments ?? mostEnvironments, starting: Math.max(2, availableParallelism()) },
    () => endLongestIdle(pools.keys()),
  );
  const memory = createResponseMemory(deps.maxResponseBytes ?? 256 * 2 ** 20);
  const { cloudWatch } = deps;
  const measure = cloudWatch && measureInvocation.bind(undefined, cloudWatch.put);
  let closed = false;
  let running = 0;

  const syncClock = () => {
    offset[0] = deps.clock.offsetSeconds * 1000;
  };
  // Carries a moved clock into calls that run, and ends those that outgrow their memory.
  const pulse = setInterval(() => {
    if (running === 0) return;
    syncClock();
    for (const [pool, definition] of pools) {
      for (const environment of pool.busy) void environment.checkMemory(memoryLimitBytes(definition));
    }
  }, pulseMilliseconds);
  pulse.unref();

  const onPlaceFreed = () => {
    for (const pool of [...pools.keys()]) {
      pool.pump();
      if (pool.isSpent) pools.delete(pool);
    }
  };
  const define = (definition: FunctionDefinition) => {
    const previous = functions.get(definition.name)?.pool;
    const pool = createFunctionPool(definition, { deps, capacity, clockOffset, onPlaceFreed });
    pools.set(pool, definition);
    functions.set(definition.name, { definition, pool });
    for (const pending of previous?.retire() ?? []) pool.submit(pending);
    onPlaceFreed();
  };
  const find = (functionName: string) => {
    const name = functionName.startsWith('arn:') ? (functionName.split(':')[6] ?? '') : functionName;
    const found = functions.get(name);
    if (found === undefined) throw functionNotFound(functionName);
    return found;
  };

  /** @throws LambdaThrottled */
  const wilful = (definition: FunctionDefinition, { requestId }: ThreadCall): Outcome | undefined => {
    const operation = logTag(definition);
    const [fault] = deps.faults?.striking({ service: 'lambda', operation }, ['error', 'throttle']) ?? [];
    if (fault?.kind === 'throttle') throw new LambdaThrottled('ConcurrentInvocationLimitExceeded');
    return fault && { ok: false, error: runtimeExited(requestId, 1) };
  };

  const run: RunCall = async (functionName, event, sink) => {
    if (closed) throw hostClosed();
    const { definition, pool } = find(functionName);
    const call = newCall(definition, event);
    const startedAt = performance.now();
    let init: number | undefined;
    const wasCold = (milliseconds: number) => {
      init = milliseconds;
    };
    syncClock();
    running += 1;
    try {
      const outcome =
        wilful(definition, call) ??
        (await new Promise<Outcome>((settle, refuse) => {
          pool.submit({ call, sink, settle, refuse, wasCold });
        }));
      const took = performance.now() - startedAt;
      reportCall(deps.log, definition, outcome, { took, init });
      measure?.(definition.name, { failed: !outcome.ok, milliseconds: took });
      const { requestId } = call;
      const tail = logTail({
        requestId,
        said: outcome.said ?? '',
        tookMilliseconds: took,
        initMilliseconds: init,
        memoryMegabytes: definition.memoryMegabytes,
        usedMegabytes: outcome.ok ? Math.ceil(outcome.heapBytes / 2 ** 20) : undefined,
      });
      return { ...outcome, requestId, logTail: tail };
    } catch (error) {
      if (error instanceof LambdaThrottled) measure?.(definition.name, 'throttled');
      throw error;
    } finally {
      running -= 1;
    }
  };

  return {
    defineFunction(definition) {
      // Bundled now, while the runtime starts, rather than at the first call.
      threadProgram(deps.compileCache);
      define(definition);
    },
    requireFunction(functionName, qualifier = '$LATEST') {
      const { definition } = find(functionName);
      const isOurs = !functionName.startsWith('arn:') || functionName === definition.arn;
      if (!isOurs) throw functionNotFound(functionName);
      if (qualifier !== '$LATEST') throw functionNotFound(`${definition.arn}:${qualifier}`);
    },
    swapCode: (functionName, codeDirectory) => define({ ...find(functionName).definition, codeDirectory }),
    invoke: (functionName, event) => invokeBuffered(run, functionName, event),
    invokeStreaming: (functionName, event, readerGone) =>
      invokeStreaming({ run, memory }, functionName, event, readerGone),
    stats: () => ({
      environments: capacity.live,
      responseBytes: memory.heldBytes,
      functions: Object.fromEntries([...functions].map(([name, { pool }]) => [name, pool.counts])),
    }),
    async close() {
      closed = true;
      clearInterval(pulse);
      await Promise.all([...pools.keys()].map((pool) => pool.close()));
    },
  };
}

function newCall(definition: FunctionDefinition, event: unknown): ThreadCall {
  const json = JSON.stringify(event) ?? 'null';
  const bytes = Buffer.byteLength(json);
  if (bytes > maximumEventBytes) throw eventTooLarge(bytes);
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  return {
    requestId: randomUUID(),
    event: json,
    functionArn: definition.arn,
    traceId: `Root=1-${seconds}-${randomBytes(12).toString('hex')};Parent=${randomBytes(8).toString('hex')};Sampled=0`,
    timeoutMilliseconds: definition.timeoutSeconds * 1000,
  };
}

function endLongestIdle(pools: Iterable<FunctionPool>): boolean {
  let longest: FunctionPool | undefined;
  for (const pool of pools) {
    if ((pool.longestIdleSince ?? Infinity) < (longest?.longestIdleSince ?? Infinity)) longest = pool;
  }
  return longest?.endLongestIdle() ?? false;
}
