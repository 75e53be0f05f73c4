import * as z from 'zod';
import type { EmbeddingModel } from '../../catalog.ts';
import { estimateTokens } from '../../chat/estimate-tokens.ts';
import { DaypassError } from '../../errors.ts';

/** What one call of `InvokeModel` sends and how its answer is read (Bedrock user guide, inference parameters). */
export interface Invocation {
  body: Record<string, unknown>;
  /** For the case that nobody counts. */
  estimatedTokens: number;
  /** @throws DaypassError `model_failed` for an answer of another shape */
  read(answer: unknown): { vectors: number[][]; inputTokens: number | undefined };
}

/** The calls that embed these texts: Titan takes one text a call, Cohere 96. */
export function invocations(
  model: EmbeddingModel,
  texts: readonly string[],
  dimensions: number | undefined,
): Invocation[] {
  // A model of one length has no word for it.
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

/** Version 3 answers a list, version 4 lists by type; both count tokens in a header only. */
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
