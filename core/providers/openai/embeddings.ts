import * as z from 'zod';
import type { EmbeddingModel } from '../../catalog.ts';
import { askUpstream, type UpstreamPorts } from '../../chat/ask-upstream.ts';
import { estimateTokens } from '../../chat/estimate-tokens.ts';
import type { EmbeddingInput, EmbeddingOptions, EmbeddingProvider } from '../../embeddings/provider.ts';
import { DaypassError } from '../../errors.ts';
import { api } from './api.ts';

/**
 * What one call sends. OpenAI takes 2,048 inputs and 300,000 tokens (API reference, create embeddings); with fewer, the
 * longest vectors as numbers are still an answer of some megabytes.
 */
const mostInputs = 128;
const mostTokens = 200_000;

/** Embedding models behind OpenAI's API, or one like it. */
export function createOpenAiEmbeddings(ports: UpstreamPorts): EmbeddingProvider {
  return {
    takesOwnKeys: ports.takesOwnKeys,
    prepare: (inputs, model, options) =>
      groupsOf(inputs).map(({ inputs: group, tokens }) => {
        const call = {
          path: '/embeddings',
          headers: {},
          body: JSON.stringify(toBody(group, model, options)),
          streamed: false,
        };
        return {
          async embed(asked) {
            const answer = await askUpstream(ports, api, { call, model }, asked);
            return read(await answer.text(), { count: group.length, tokens, options });
          },
        };
      }),
  };
}

function toBody(input: readonly EmbeddingInput[], model: EmbeddingModel, options: EmbeddingOptions) {
  return {
    model: model.target,
    input,
    // Some servers refuse fields that they don't know, so only what differs from the default is sent.
    ...(options.encoding === 'base64' && { encoding_format: 'base64' }),
    ...(options.dimensions !== undefined && { dimensions: options.dimensions }),
  };
}

interface Group {
  inputs: EmbeddingInput[];
  /** Estimated for texts. */
  tokens: number;
}

function groupsOf(inputs: readonly EmbeddingInput[]): Group[] {
  const groups: Group[] = [];
  for (const input of inputs) {
    const tokens = typeof input === 'string' ? estimateTokens(input) : input.length;
    const last = groups.at(-1);
    if (last !== undefined && last.inputs.length < mostInputs && last.tokens + tokens <= mostTokens) {
      last.inputs.push(input);
      last.tokens += tokens;
    } else groups.push({ inputs: [input], tokens });
  }
  return groups;
}

const embeddingAnswer = z.object({
  // Hundreds of thousands of numbers, which `vectorOf` looks at faster.
  data: z.array(z.object({ index: z.int(), embedding: z.unknown() })),
  usage: z.object({ prompt_tokens: z.int().min(0) }).nullish(),
});

function read(
  text: string,
  { count, tokens, options }: { count: number; tokens: number; options: EmbeddingOptions },
): { vectors: number[][]; inputTokens: number } {
  const { data, usage } = parsed(text);
  const vectors = data
    .toSorted((a, b) => a.index - b.index)
    .map(({ index, embedding }, at) => {
      const vector = vectorOf(embedding);
      const isOtherLength = options.dimensions !== undefined && vector.length !== options.dimensions;
      // A server that doesn't know the field may give vectors of its own length.
      if (index !== at || vector.length === 0 || isOtherLength) throw malformed();
      return vector;
    });
  if (vectors.length !== count) throw malformed();
  return { vectors, inputTokens: usage?.prompt_tokens ?? tokens };
}

function parsed(text: string): z.infer<typeof embeddingAnswer> {
  const { success, data } = embeddingAnswer.safeParse(jsonOf(text));
  if (success) return data;
  throw malformed();
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed();
  }
}

function vectorOf(embedding: unknown): number[] {
  if (typeof embedding === 'string') return floatsOf(embedding);
  if (Array.isArray(embedding) && embedding.every((part) => typeof part === 'number')) return embedding;
  throw malformed();
}

/** 32-bit floats, little-endian. */
function floatsOf(base64: string): number[] {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length % 4 !== 0) throw malformed();
  return Array.from({ length: bytes.length / 4 }, (_, at) => bytes.readFloatLE(at * 4));
}

function malformed(): DaypassError {
  return new DaypassError('model_failed', 'The model’s answer was malformed. Try again.');
}
