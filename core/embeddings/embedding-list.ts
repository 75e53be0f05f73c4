import type { EmbeddingBody } from '../contract/chat/embeddings.ts';
import type { Embeddings } from './metered-embeddings.ts';

/** OpenAI's answer. */
export function toEmbeddingList({ model, vectors, inputTokens }: Embeddings, body: EmbeddingBody) {
  const encode = body.encoding_format === 'base64' ? toBase64 : (vector: number[]) => vector;
  return {
    object: 'list' as const,
    data: vectors.map((vector, index) => ({
      object: 'embedding' as const,
      index,
      embedding: encode(vector),
    })),
    model: model.name,
    usage: { prompt_tokens: inputTokens, total_tokens: inputTokens },
  };
}

/** 32-bit floats, little-endian whatever the machine. */
function toBase64(vector: readonly number[]): string {
  const bytes = Buffer.alloc(vector.length * 4);
  for (const [at, value] of vector.entries()) bytes.writeFloatLE(value, at * 4);
  return bytes.toString('base64');
}
