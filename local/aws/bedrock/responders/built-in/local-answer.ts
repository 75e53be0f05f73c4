import type { AnswerPart } from '../../answer/answer-part.ts';
import { createOutputTally } from '../../answer/output-tally.ts';
import { splitTokens } from '../../answer/split-tokens.ts';
import { isObject, type JsonObject } from '../../json-fields.ts';
import { modelFamily } from '../../models/model-family.ts';
import { instanceOf } from '../../pretend/json-schema/instance-of.ts';
import { signReasoning } from '../../pretend/reasoning-signature.ts';
import { newToolUseId, oddPieces } from '../../pretend/tool-use.ts';
import type { ToolSpec } from '../../request/content.ts';
import type { ConverseRequest } from '../../request/converse-request.ts';
import { schemaProblem } from '../../request/validate-schema.ts';
import { createPacer } from '../../stream/pacing.ts';
import type { Model } from '../model-responder.ts';
import { offeredTools } from '../tool-choice.ts';
import { chooseTools } from './choose-tools.ts';
import { composeText } from './compose-text.ts';
import { schemaInPrompt } from './schema-in-prompt.ts';

/** A JSON Schema between `<json_schema>` tags of the system prompt, which a model would keep to. */
export function taggedSchema({ system }: Pick<ConverseRequest, 'system'>): JsonObject | undefined {
  const texts = system.map((block) => (block.kind === 'text' ? block.text : '')).join('\n');
  const [, json] = /<json_schema>(.*?)<\/json_schema>/s.exec(texts) ?? [];
  if (json === undefined) return undefined;
  try {
    const schema: unknown = JSON.parse(json);
    return isObject(schema) && schemaProblem(schema) === undefined ? schema : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Whether the model would show its reasoning: Claude and Nova when asked to, open-weight reasoning models always, and
 * unsigned.
 */
export function reasonsHere({
  additionalFields,
  modelId,
}: Pick<ConverseRequest, 'additionalFields' | 'modelId'>): { signed: boolean } | undefined {
  const family = modelFamily(modelId);
  if (family === 'gpt-oss' || family === 'deepseek') return { signed: false };
  if (family === 'nova') return isOn(additionalFields.reasoningConfig) ? { signed: false } : undefined;
  const asked = additionalFields.thinking ?? additionalFields.reasoning_config;
  return isOn(asked) ? { signed: true } : undefined;
}

const isOn = (config: unknown): boolean =>
  isObject(config) && (config.type === 'enabled' || config.type === 'adaptive');

/** The answer when no model is connected: it says so, and lists what the request contained. */
export const localAnswer: Model = {
  description: 'the built-in stand-in (no model behind it; set DAYPASS_MODEL_URL for one)',

  async *generate(request, { signal, pacing }) {
    const { parts, stopReason } = compose(request);
    const { maxTokens = Number.POSITIVE_INFINITY } = request.inference;
    const pace = createPacer(pacing, signal);
    const tally = createOutputTally();
    for (const [index, part] of parts.entries()) {
      await pace(index);
      tally.add(part);
      if (tally.tokens() > maxTokens) {
        yield { kind: 'end', stopReason: 'max_tokens' };
        return;
      }
      yield part;
    }
    yield { kind: 'end', stopReason };
  },
};

function compose(request: ConverseRequest): { parts: AnswerPart[]; stopReason: 'tool_use' | 'end_turn' } {
  const reasoning = reasonsHere(request);
  const thought = reasoning === undefined ? [] : reasoningParts(reasoning.signed);
  const tools = chooseTools(request);
  if (tools.length > 0) {
    const calls = tools.flatMap((tool, ordinal): AnswerPart[] => [
      { kind: 'toolUse', toolUseId: newToolUseId(request.body, ordinal), name: tool.name },
      ...oddPieces(JSON.stringify(instanceOf(inputSchema(tool, request)))).map(
        (json): AnswerPart => ({ kind: 'toolInput', json }),
      ),
    ]);
    return { parts: [...thought, ...calls], stopReason: 'tool_use' };
  }
  const wanted = request.output.schema ?? taggedSchema(request);
  const schema = wanted && (isOpen(wanted) ? (schemaInPrompt(request) ?? wanted) : wanted);
  const text = schema === undefined ? composeText(request) : JSON.stringify(instanceOf(schema));
  return { parts: [...thought, ...textParts('text', text)], stopReason: 'end_turn' };
}

/** A forced tool that takes any object gets what the prompt asks for in words. */
function inputSchema(tool: ToolSpec, request: ConverseRequest): JsonObject {
  const isForced = offeredTools(request).choice.kind === 'tool';
  return (isForced && isOpen(tool.inputSchema) && schemaInPrompt(request)) || tool.inputSchema;
}

/** "Any JSON object". */
const isOpen = (schema: JsonObject): boolean => schema.type === 'object' && Object.keys(schema).length === 1;

function reasoningParts(signed: boolean): AnswerPart[] {
  const text = 'No model is behind this, so there is nothing to think about: I list what arrived.';
  const signature = signReasoning(text);
  return [...textParts('reasoning', text), ...(signed ? [{ kind: 'signature' as const, signature }] : [])];
}

const textParts = (kind: 'text' | 'reasoning', text: string): AnswerPart[] =>
  splitTokens(text).map((token) => ({ kind, text: token }));
