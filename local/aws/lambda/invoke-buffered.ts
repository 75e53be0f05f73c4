import type { RunCall } from './execution-environment.ts';
import { tooLargeResponse } from './invocation-errors.ts';
import type { InvokeResult } from './invoker.ts';

/** Lambda's Invoke: the whole result, also of a function that streams. */
export async function invokeBuffered(
  run: RunCall,
  functionName: string,
  event: unknown,
): Promise<InvokeResult> {
  const parts: Uint8Array[] = [];
  let credit: (bytes: number) => void = () => {};
  const outcome = await run(functionName, event, {
    open: (_contentType, giveCredit) => {
      credit = giveCredit;
    },
    chunk: (bytes) => {
      parts.push(bytes);
      credit(bytes.byteLength);
    },
    end() {},
  });
  const { requestId, logTail } = outcome;
  if (!outcome.ok) return { payload: outcome.error, functionError: 'Unhandled', requestId, logTail };
  const payload = outcome.payload ?? Buffer.concat(parts).toString();
  const tooLarge = tooLargeResponse(payload);
  return tooLarge === undefined
    ? { payload, requestId, logTail }
    : { payload: tooLarge, functionError: 'Unhandled', requestId, logTail };
}
