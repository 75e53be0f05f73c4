import type { EmbeddingModel } from '../catalog.ts';
import { estimateTokens } from '../chat/estimate-tokens.ts';
import { certainShare, contextExceeded } from '../chat/request/require-context.ts';
import type { EmbeddingBody } from '../contract/chat/embeddings.ts';
import { DaypassError } from '../errors.ts';
import type { EmbeddingInput } from './provider.ts';

/** The inputs of a request, one for each vector. */
export function inputsOf(input: EmbeddingBody['input']): readonly EmbeddingInput[] {
  return isList(input) ? input : [input];
}

/** Whether it holds several inputs: a list of numbers is the tokens of one. */
function isList(input: EmbeddingBody['input']): input is string[] | number[][] {
  return typeof input !== 'string' && typeof input[0] !== 'number';
}

/**
 * Refuses an input that the model surely can't take before any is embedded and paid for.
 * @throws DaypassError naming the input: `context_length_exceeded`, or `invalid_request` for tokens of a model that has its
 *   own
 */
export function requireFitting(model: EmbeddingModel, input: EmbeddingBody['input']): void {
  const { name, contextTokens } = model;
  for (const [at, one] of inputsOf(input).entries()) {
    const param = isList(input) ? `input.${at}` : 'input';
    if (typeof one !== 'string' && model.family !== 'openai') throw tokensNotTaken(model, param);
    if (contextTokens === undefined) continue;
    const estimated = excessOf(model, contextTokens, one);
    if (estimated !== undefined) throw contextExceeded(param, { name, contextTokens }, estimated);
  }
}

/** @returns undefined for an input that may fit, otherwise its tokens */
function excessOf(
  { maxCharacters = Number.POSITIVE_INFINITY }: EmbeddingModel,
  contextTokens: number,
  input: EmbeddingInput,
): number | undefined {
  if (typeof input !== 'string') return input.length > contextTokens ? input.length : undefined;
  if (input.length * certainShare <= contextTokens) return undefined;
  const estimated = estimateTokens(input);
  return estimated * certainShare <= contextTokens && input.length <= maxCharacters ? undefined : estimated;
}

function tokensNotTaken({ name }: EmbeddingModel, param: string): DaypassError {
  return new DaypassError(
    'invalid_request',
    `'${name}' takes texts, not lists of tokens, because it has a tokenizer of its own. Make your client send texts (LangChain: check_embedding_ctx_length=False).`,
    { param },
  );
}
