import type { EmbeddingModel } from '../catalog.ts';
import { estimateTokens } from '../chat/estimate-tokens.ts';
import { certainShare, contextExceeded } from '../chat/request/require-context.ts';

/** Bedrock user guide, Titan Text Embeddings. */
const titanCharacters = 50_000;

/**
 * Refuses a text that is surely too long, before any is embedded: the others would have cost something by then.
 * @throws DaypassError `context_length_exceeded` naming the text
 */
export function requireFitting(
  { name, family, contextTokens }: EmbeddingModel,
  input: string | readonly string[],
): void {
  if (contextTokens === undefined) return;
  for (const [at, text] of (typeof input === 'string' ? [input] : input).entries()) {
    if (text.length * certainShare <= contextTokens) continue;
    const estimated = estimateTokens(text);
    const isTooLong = family === 'titan' && text.length > titanCharacters;
    if (estimated * certainShare <= contextTokens && !isTooLong) continue;
    throw contextExceeded(
      typeof input === 'string' ? 'input' : `input.${at}`,
      { name, contextTokens },
      estimated,
    );
  }
}
