import { PortTakenError } from '../http/listen.ts';

/** A message for people: what stopped the start, and what to do next. */
export function explainStartFailure(error: unknown): string {
  if (error instanceof PortTakenError) {
    return `${error.message} Stop what uses it, or choose another with --port N (it takes N, N+1 and N+566).`;
  }
  if (!(error instanceof Error)) return String(error);
  if (isCorruption(error)) {
    return `The stored data can't be read (${error.message}). Start over with: npm start -- --fresh`;
  }
  return error.message;
}

function isCorruption(error: Error): boolean {
  return /not a database|malformed|disk image/i.test(error.message);
}
