import type { EmbeddingModel } from '../catalog.ts';
import { estimateTokens } from '../chat/estimate-tokens.ts';
import { certainShare, contextExceeded } from '../chat/request/require-context.ts';

/**
 * Refuses a text that is surely too long before any is embedded and paid for.
 * @throws DaypassError `context_length_exceeded` naming the text
 */
export function requireFitting(
  { name, contextTokens, maxCharacters = Number.POSITIVE_INFINITY }: EmbeddingModel,
  input: string | readonly string[],
): void {
  if (contextTokens === undefined) return;
  for (const [at, text] of (typeof input === 'string' ? [input] : input).entries()) {
    if (text.length * certainShare <= contextTokens) continue;
    const estimated = estimateTokens(text);
    if (estimated * certainShare <= contextTokens && text.length <= maxCharacters) continue;
    throw contextExceeded(
      typeof input === 'string' ? 'input' : `input.${at}`,
      { name, contextTokens },
      estimated,
    );
  }
}
