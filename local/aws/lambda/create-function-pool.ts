import { randomBytes } from 'node:crypto';
import type { Capacity } from './capacity.ts';
import { environmentVariables } from './environment-variables.ts';
import { startEnvironment } from './execution-environment.ts';
import { type FunctionDefinition, logTag, memoryLimitBytes } from './function-definition.ts';
import { createFunctionLog } from './function-log.ts';
import { FunctionPool } from './function-pool.ts';
import { type LambdaHostDeps, mostEnvironments } from './lambda-host-deps.ts';

export interface PoolSurroundings {
  deps: LambdaHostDeps;
  capacity: Capacity;
  clockOffset: SharedArrayBuffer;
  onPlaceFreed(): void;
}

/** How far V8's own limit lies above ours: a thread that hits it can abort the whole process. */
const hardLimitAboveMegabytes = 1024;

/** Binds a function's definition to the environments that run it. */
export function createFunctionPool(
  definition: FunctionDefinition,
  surroundings: PoolSurroundings,
): FunctionPool {
  const { deps, capacity, clockOffset, onPlaceFreed } = surroundings;
  return new FunctionPool({
    limits: {
      environments: deps.maxEnvironmentsPerFunction ?? mostEnvironments,
      waiting: deps.maxWaiting ?? 1000,
      waitMilliseconds: (deps.maxWaitSeconds ?? 10) * 1000,
      reservedConcurrency: definition.reservedConcurrency,
      idleMilliseconds: (deps.idleSeconds ?? 300) * 1000,
      initTimeoutMilliseconds: (deps.initTimeoutSeconds ?? 10) * 1000,
      timeoutSeconds: definition.timeoutSeconds,
    },
    capacity,
    onPlaceFreed,
    warn: (message) => deps.log.warn(logTag(definition), message),
    start(initTimeoutMilliseconds, onEnd) {
      const place = { region: deps.region, logStream: newLogStream() };
      const environment = startEnvironment({
        codeDirectory: definition.codeDirectory,
        handler: definition.handler,
        variables: environmentVariables(definition, place, deps.extraEnvironment?.() ?? {}),
        clockOffset,
        compileCache: deps.compileCache,
        hardMemoryMegabytes: memoryLimitBytes(definition) / 2 ** 20 + hardLimitAboveMegabytes,
        initTimeoutMilliseconds,
        log: createFunctionLog(logTag(definition), deps.log, (text) => deps.cloudWatch?.takeLine(text)),
        onEnd() {
          capacity.ended();
          onEnd();
        },
      });
      capacity.born();
      return environment;
    },
  });
}

function newLogStream(): string {
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '/');
  return `${day}/[$LATEST]${randomBytes(16).toString('hex')}`;
}
