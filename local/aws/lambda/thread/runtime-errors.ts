import { types } from 'node:util';

/** An error of the Node.js runtime itself; `name` is what Lambda answers as `errorType`. */
export class RuntimeError extends Error {
  constructor(kind: string, message: string, cause?: Error) {
    super(message);
    this.name = `Runtime.${kind}`;
    if (cause?.stack !== undefined) this.stack = cause.stack;
  }
}

/** AWS's own wording, because people search for it. */
export const callbackHandlerRefused = () =>
  new RuntimeError(
    'CallbackHandlerDeprecated',
    'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. ' +
      'You need to modify this function to use a supported handler signature to use Node.js 24 or later. ' +
      'For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.',
  );

export const promiseNeverSettled = () =>
  new RuntimeError(
    'NodeJsExit',
    'The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a ' +
      'Promise that was never settled. For more information, see ' +
      'https://nodejs.org/docs/latest/api/process.html#exit-codes',
  );

/** Lambda's error object, as JSON text. */
export function errorPayload(thrown: unknown): string {
  if (types.isNativeError(thrown)) {
    const trace = typeof thrown.stack === 'string' ? thrown.stack.split('\n') : [];
    return JSON.stringify({ errorType: String(thrown.name), errorMessage: String(thrown.message), trace });
  }
  return JSON.stringify({ errorType: typeof thrown, errorMessage: String(thrown), trace: [] });
}
