import * as z from 'zod';
import type { EmbeddingModel } from '../../catalog.ts';
import { estimateTokens } from '../../chat/estimate-tokens.ts';
import type { EmbeddingProvider } from '../../embeddings/provider.ts';
import { DaypassError } from '../../errors.ts';

/**
 * Calls Bedrock's InvokeModel.
 * @returns the answer's JSON, and the tokens read where a header gives them
 */
export type InvokeModel = (
  modelId: string,
  body: Record<string, unknown>,
  signal: AbortSignal,
) => Promise<{ answer: unknown; inputTokens: number | undefined }>;

/** What one call sends, and how its answer is read (Bedrock user guide, inference parameters). */
interface Invocation {
  body: Record<string, unknown>;
  /** Used when neither the answer nor its headers have a count. */
  estimatedTokens: number;
  /** @throws DaypassError `model_failed` for an answer of another shape */
  read(answer: unknown): { vectors: number[][]; inputTokens: number | undefined };
}

/** Embedding models on Amazon Bedrock, each family asked in its own format. */
export function createBedrockEmbeddings(invoke: InvokeModel): EmbeddingProvider {
  return {
    // Lists of tokens were refused: see require-fitting.ts.
    prepare: (inputs, model, { dimensions }) =>
      invocations(model, inputs.map(String), dimensions).map(({ body, read, estimatedTokens }) => ({
        async embed({ signal }) {
          const { answer, inputTokens } = await invoke(model.target, body, signal);
          const { vectors, inputTokens: counted = inputTokens ?? estimatedTokens } = read(answer);
          return { vectors, inputTokens: counted };
        },
      })),
  };
}

/** Titan takes one text a call, Cohere 96. */
function invocations(
  model: EmbeddingModel,
  texts: readonly string[],
  dimensions: number | undefined,
): Invocation[] {
  // A model with one length of vector has no parameter for it.
  const asked = model.dimensions.length > 1 ? dimensions : undefined;
  if (model.family === 'titan') return texts.map((text) => titanCall(text, asked));
  return inGroups(texts, 96).map((group) => cohereCall(group, asked));
}

const titanAnswer = z.object({ embedding: z.array(z.number()), inputTextTokenCount: z.number() });

function titanCall(text: string, dimensions: number | undefined): Invocation {
  return {
    body: { inputText: text, normalize: true, ...(dimensions !== undefined && { dimensions }) },
    estimatedTokens: tokensOf([text]),
    read(answer) {
      const { embedding, inputTextTokenCount } = parsed(titanAnswer, answer);
      return { vectors: [embedding], inputTokens: inputTextTokenCount };
    },
  };
}

/** Version 3 answers a list, version 4 lists by type; both report the token count in a header only. */
const cohereAnswer = z.object({
  embeddings: z.union([z.array(z.array(z.number())), z.object({ float: z.array(z.array(z.number())) })]),
});

function cohereCall(texts: readonly string[], dimensions: number | undefined): Invocation {
  return {
    body: {
      texts,
      input_type: 'search_document',
      embedding_types: ['float'],
      ...(dimensions !== undefined && { output_dimension: dimensions }),
    },
    estimatedTokens: tokensOf(texts),
    read(answer) {
      const { embeddings } = parsed(cohereAnswer, answer);
      const vectors = Array.isArray(embeddings) ? embeddings : embeddings.float;
      return { vectors, inputTokens: undefined };
    },
  };
}

function parsed<T>(schema: z.ZodType<T>, answer: unknown): T {
  const result = schema.safeParse(answer);
  if (result.success) return result.data;
  throw new DaypassError('model_failed', 'The model’s answer was malformed. Try again.');
}

function tokensOf(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + estimateTokens(text), 0);
}

function inGroups<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, at) =>
    list.slice(at * size, (at + 1) * size),
  );
}
