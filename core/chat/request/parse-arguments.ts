import { DaypassError } from '../../errors.ts';

/**
 * The input of an earlier call, as clients send it back. Models write an empty text for a call without arguments.
 * @throws DaypassError `invalid_request` naming the field
 */
export function parseArguments(json: string, param: string): Record<string, unknown> {
  if (json.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // Refused below, without the parser's message, which would quote the caller's text.
  }
  throw new DaypassError('invalid_request', `${param} must be a JSON object as text.`, { param });
}
