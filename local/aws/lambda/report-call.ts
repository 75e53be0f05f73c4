import type { Log } from '../../log.ts';
import type { Outcome } from './execution-environment.ts';
import { type FunctionDefinition, logTag } from './function-definition.ts';

/** Logs how a call went: Lambda's REPORT line as detail, and what the function can't have logged itself as a warning. */
export function reportCall(
  log: Log,
  definition: FunctionDefinition,
  outcome: Outcome,
  milliseconds: { took: number; init: number | undefined },
): void {
  const tag = logTag(definition);
  const { took, init } = milliseconds;
  const cold = init === undefined ? '' : `, init ${init.toFixed(0)} ms`;
  const heapMegabytes = outcome.ok ? (outcome.heapBytes / 2 ** 20).toFixed(0) : undefined;
  const end = outcome.ok ? `, heap ${heapMegabytes} of ${definition.memoryMegabytes} MB` : ', failed';
  log.detail(tag, `REPORT ${took.toFixed(1)} ms${cold}${end}`);
  const error = outcome.ok ? undefined : platformError(outcome.error);
  if (error !== undefined) log.warn(tag, error);
}

/** The message when Lambda, not the function, ended the call. */
function platformError(payload: string): string | undefined {
  const { errorType, errorMessage } = JSON.parse(payload) as { errorType?: string; errorMessage?: string };
  return errorType === 'Sandbox.Timedout' || errorType === 'Runtime.ExitError' ? errorMessage : undefined;
}
