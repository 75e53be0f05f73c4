import { createContext, Script } from 'node:vm';
import { sandboxGlobals } from './function-sandbox.ts';

/**
 * CloudFront's limit on code is 10 KB. The time here is generous: on a machine with ten times as much to do as it has
 * cores, a function of microseconds was seen to take more than 200 ms.
 */
const largestCodeBytes = 10_240;
const timeoutMilliseconds = 2_000;

/** A CloudFront function, compiled. */
export interface ViewerFunction {
  readonly name: string;
  /**
   * Runs `handler(event)` with fresh top-level state.
   * @returns what it returned, as plain JSON data
   * @throws FunctionExecutionError when it throws, takes too long or returns nothing
   */
  run(event: unknown): unknown;
}

export class FunctionExecutionError extends Error {
  constructor(functionName: string, reason: string) {
    super(`CloudFront function ${functionName}: ${reason}`);
    this.name = 'FunctionExecutionError';
  }
}

/**
 * @param code of runtime 2.0: `handler` may be async, modules are `crypto` and `querystring`, there are no
 *   timers, no network and no evaluation of text
 * @param log gets what the function writes to its console
 * @param clock what the function sees as the time
 * @throws when the code can't be compiled, so that a mistake stops the start and not the first request
 */
export function compileViewerFunction(
  name: string,
  code: string,
  log: (message: string) => void = () => {},
  clock: { now(): number } = Date,
): ViewerFunction {
  if (Buffer.byteLength(code) > largestCodeBytes)
    throw new Error(`CloudFront function ${name} has more than ${largestCodeBytes} bytes.`);
  const source = withoutImports(name, code);
  checkSyntax(name, source);
  const context = createContext(sandboxGlobals(log), {
    // Jobs of the function's promises then run, and count, inside the timeout.
    microtaskMode: 'afterEvaluate',
    codeGeneration: { strings: false, wasm: false },
  });
  new Script(stoppedClock).runInContext(context);
  const script = new Script(invocation(source), { filename: `${name}.js` });

  return {
    name,
    run(event) {
      context.eventText = JSON.stringify(event);
      context.outcome = undefined;
      context.startedAt = clock.now();
      try {
        script.runInContext(context, { timeout: timeoutMilliseconds });
      } catch (error) {
        throw new FunctionExecutionError(name, messageOf(error));
      }
      return outcomeOf(name, context.outcome);
    },
  };
}

function checkSyntax(name: string, source: string): void {
  try {
    new Script(source);
  } catch (error) {
    throw new Error(`CloudFront function ${name}: ${messageOf(error)}`);
  }
}

const messageOf = (error: unknown) =>
  error instanceof Error ? error.message : String(error).replace(/^\w*Error: /, '');

/** As on CloudFront, time stands still while a function runs; here it is the runtime's clock's. */
const stoppedClock = `(() => {
  const RealDate = Date;
  function StoppedDate(...parts) {
    const date = parts.length === 0 ? new RealDate(startedAt) : new RealDate(...parts);
    return new.target ? date : date.toString();
  }
  StoppedDate.now = () => startedAt;
  StoppedDate.parse = RealDate.parse;
  StoppedDate.UTC = RealDate.UTC;
  StoppedDate.prototype = RealDate.prototype;
  RealDate.prototype.constructor = StoppedDate;
  globalThis.Date = StoppedDate;
})();`;

/** Data crosses as text both ways, so the function never gets hold of an object from outside. */
function invocation(source: string): string {
  return `(() => {
${source}
;Promise.resolve().then(() => handler(JSON.parse(eventText))).then(
  (result) => { outcome = JSON.stringify({ result }); },
  (error) => { outcome = JSON.stringify({ error: String(error) }); },
);
})();`;
}

function outcomeOf(name: string, outcome: unknown): unknown {
  if (typeof outcome !== 'string') throw new FunctionExecutionError(name, 'never finished');
  const { result, error } = JSON.parse(outcome) as { result?: unknown; error?: string };
  if (error !== undefined) throw new FunctionExecutionError(name, error);
  if (typeof result !== 'object' || result === null)
    throw new FunctionExecutionError(name, 'returned neither a request nor a response');
  return result;
}

/** Runtime 2.0 takes `import crypto from 'crypto'`; a script, unlike a module, needs `require` for it. */
function withoutImports(name: string, code: string): string {
  const source = code.replaceAll(
    /^[ \t]*import\s+(\w+)\s+from\s+(['"])(\w+)\2/gm,
    (_statement, binding: string, quote: string, module: string) => {
      if (module === 'cloudfront')
        throw new Error(
          `CloudFront function ${name}: module cloudfront (key value stores) is not supported.`,
        );
      return `const ${binding} = require(${quote}${module}${quote})`;
    },
  );
  return source;
}
