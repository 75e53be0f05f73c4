import type { AnswerPart } from '../../answer/answer-part.ts';
import { modelFamily } from '../../models/model-family.ts';
import { signReasoning } from '../../pretend/reasoning-signature.ts';

/** Signs the reasoning of a model that answers as Claude; clients couldn't send it back otherwise. */
export async function* signReasoningParts(
  parts: AsyncIterable<AnswerPart>,
  modelId: string,
): AsyncGenerator<AnswerPart> {
  const signs = modelFamily(modelId) === 'claude';
  let thought = '';
  for await (const part of parts) {
    if (part.kind === 'reasoning') thought += part.text;
    else if (thought !== '') {
      if (signs) yield { kind: 'signature', signature: signReasoning(thought) };
      thought = '';
    }
    yield part;
  }
}
