import { invalid } from '../errors.ts';
import { isObject, type JsonObject, parseJsonObject } from '../json-fields.ts';
import type { ContentBlock, Message, SystemBlock, ToolResultPart, ToolSpec } from './content.ts';
import type { ConverseRequest } from './converse-request.ts';

type Counted = Pick<ConverseRequest, 'messages' | 'system' | 'toolConfig'>;

/** Reads from an InvokeModel body (Anthropic's Messages API) what counts as tokens. */
export function parseInvokeBody(bytes: Buffer): Counted {
  const body = parseJsonObject(bytes);
  if (!Array.isArray(body.messages)) {
    throw invalid(
      'Malformed input request: #: required key [messages] not found, please reformat your input and try again.',
    );
  }
  return {
    system: partsOf(body.system).flatMap((part): SystemBlock[] =>
      typeof part.text === 'string' ? [{ kind: 'text', text: part.text }] : [],
    ),
    messages: body.messages.filter(isObject).map(toMessage),
    toolConfig: {
      entries: (Array.isArray(body.tools) ? body.tools : []).filter(isObject).map(toTool),
      choice: { kind: 'auto' },
    },
  };
}

const toMessage = ({ content, role }: JsonObject): Message => ({
  role: role === 'assistant' ? 'assistant' : 'user',
  content: partsOf(content).map(toBlock),
});

const toTool = ({ description, input_schema, name }: JsonObject): ToolSpec => ({
  kind: 'tool',
  name: String(name),
  description: typeof description === 'string' ? description : undefined,
  inputSchema: isObject(input_schema) ? input_schema : {},
  strict: false,
});

/** Content may be a text or a list of parts. */
function partsOf(content: unknown): JsonObject[] {
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  return Array.isArray(content) ? content.filter(isObject) : [];
}

function toBlock(part: JsonObject): ContentBlock {
  switch (part.type) {
    case 'tool_use':
      return { kind: 'toolUse', toolUseId: String(part.id), name: String(part.name), input: part.input };
    case 'tool_result':
      return {
        kind: 'toolResult',
        toolUseId: String(part.tool_use_id),
        status: undefined,
        content: partsOf(part.content).map(toPart),
      };
    case 'thinking':
      return { kind: 'reasoning', text: String(part.thinking), signature: undefined };
    default:
      return toPart(part);
  }
}

function toPart({ source, text, title, type }: JsonObject): Exclude<ToolResultPart, { kind: 'json' }> {
  if (type !== 'image' && type !== 'document') {
    return { kind: 'text', text: typeof text === 'string' ? text : '' };
  }
  const { data, media_type } = isObject(source) ? source : {};
  const encoded = typeof data === 'string' ? data : '';
  const bytes = new Uint8Array(Buffer.from(encoded, 'base64'));
  const format = String(media_type).split('/').at(-1) ?? '';
  if (type === 'image') return { kind: 'image', format, bytes };
  const isText = media_type === 'text/plain';
  return {
    kind: 'document',
    name: String(title ?? 'document'),
    format: isText ? 'txt' : format,
    bytes: isText ? undefined : bytes,
    text: isText ? encoded : undefined,
  };
}
