import type { AnswerPart } from '../../answer/answer-part.ts';
import { createOutputTally } from '../../answer/output-tally.ts';
import { splitTokens } from '../../answer/tokens.ts';
import { instanceOf } from '../../pretend/json-schema/instance-of.ts';
import { oddPieces } from '../../pretend/odd-pieces.ts';
import { signReasoning } from '../../pretend/signature.ts';
import { newToolUseId } from '../../pretend/tool-use-id.ts';
import type { ConverseRequest } from '../../request/converse-request.ts';
import { createPacer, type Pacing } from '../../stream/pacing.ts';
import type { Model } from '../model-responder.ts';
import { chooseTools } from './choose-tools.ts';
import { composeText } from './compose-text.ts';
import { reasonsHere } from './reasons-here.ts';
import { toldSchema } from './told-schema.ts';

/** The answer when no model is connected: it says so, and shows that the request arrived whole. */
export const localAnswer: Model = {
  description: 'the built-in stand-in (no model behind it; set DAYPASS_MODEL_URL for one)',

  async *generate(request, { signal, pacing }) {
    const { parts, stopReason } = compose(request);
    yield* withinLimit(paced(parts, pacing, signal), request.inference.maxTokens, stopReason);
  },
};

function compose(request: ConverseRequest): { parts: AnswerPart[]; stopReason: 'tool_use' | 'end_turn' } {
  const reasoning = reasonsHere(request);
  const thought = reasoning === undefined ? [] : reasoningParts(reasoning.signed);
  const tools = chooseTools(request);
  if (tools.length > 0) {
    const calls = tools.flatMap((tool, ordinal): AnswerPart[] => [
      { kind: 'toolUse', toolUseId: newToolUseId(request.body, ordinal), name: tool.name },
      ...oddPieces(JSON.stringify(instanceOf(tool.inputSchema))).map(
        (json): AnswerPart => ({ kind: 'toolInput', json }),
      ),
    ]);
    return { parts: [...thought, ...calls], stopReason: 'tool_use' };
  }
  const schema = request.output.schema ?? toldSchema(request);
  const text = schema === undefined ? composeText(request) : JSON.stringify(instanceOf(schema));
  return { parts: [...thought, ...textParts('text', text)], stopReason: 'end_turn' };
}

function reasoningParts(signed: boolean): AnswerPart[] {
  const text = 'No model is behind this, so there is nothing to think about: I tell what arrived.';
  const signature = signReasoning(text);
  return [...textParts('reasoning', text), ...(signed ? [{ kind: 'signature' as const, signature }] : [])];
}

const textParts = (kind: 'text' | 'reasoning', text: string): AnswerPart[] =>
  splitTokens(text).map((token) => ({ kind, text: token }));

async function* paced(parts: AnswerPart[], pacing: Pacing, signal: AbortSignal): AsyncGenerator<AnswerPart> {
  const pace = createPacer(pacing, signal);
  for (const [index, part] of parts.entries()) {
    await pace(index);
    yield part;
  }
}

async function* withinLimit(
  parts: AsyncIterable<AnswerPart>,
  maxTokens = Number.POSITIVE_INFINITY,
  stopReason: 'tool_use' | 'end_turn',
): AsyncGenerator<AnswerPart> {
  const tally = createOutputTally();
  for await (const part of parts) {
    tally.add(part);
    if (tally.tokens() > maxTokens) {
      yield { kind: 'end', stopReason: 'max_tokens' };
      return;
    }
    yield part;
  }
  yield { kind: 'end', stopReason };
}
