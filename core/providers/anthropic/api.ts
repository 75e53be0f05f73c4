import { malformed, refusalOf } from './refusals.ts';

/** The version of the API whose shapes are read here. */
export const versionHeader = { 'anthropic-version': '2023-06-01' };

/** How Anthropic's API takes its key and refuses. */
export const api = {
  keyHeaders: (secret: string) => ({ 'x-api-key': secret }),
  refusalOf,
};

/** @throws DaypassError `model_failed` */
export function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Refused below.
  }
  throw malformed();
}
