import { isObject, type JsonObject } from '../../json-fields.ts';
import { textOf } from '../../request/content.ts';
import type { ConverseRequest } from '../../request/converse-request.ts';
import { schemaProblem } from '../../request/validate-schema.ts';

/** JSON beyond so many braces is not looked for: prompts may hold whole programs. */
const mostAttempts = 200;

/** The last JSON Schema with properties that stands in the words of a prompt, as clients write one that want "a JSON object". */
export function schemaInPrompt({
  messages,
  system,
}: Pick<ConverseRequest, 'messages' | 'system'>): JsonObject | undefined {
  const systemTexts = system.map((block) => (block.kind === 'text' ? block.text : ''));
  const userTexts = messages
    .filter(({ role }) => role === 'user')
    .flatMap(({ content }) => content.map((block) => textOf(block) ?? ''));
  return [...systemTexts, ...userTexts].flatMap(objectsIn).findLast(isSchema);
}

const isSchema = (value: JsonObject): boolean =>
  isObject(value.properties) &&
  Object.keys(value.properties).length > 0 &&
  schemaProblem(value) === undefined;

function objectsIn(text: string): JsonObject[] {
  const found: JsonObject[] = [];
  let at = text.indexOf('{');
  for (let attempt = 0; at !== -1 && attempt < mostAttempts; attempt += 1) {
    const end = closingBrace(text, at);
    const value = end === -1 ? undefined : parse(text.slice(at, end + 1));
    if (value !== undefined) found.push(value);
    at = text.indexOf('{', value === undefined ? at + 1 : end + 1);
  }
  return found;
}

function closingBrace(text: string, from: number): number {
  let depth = 0;
  let quoted = false;
  for (let at = from; at < text.length; at += 1) {
    const character = text[at];
    if (quoted && character === '\\') at += 1;
    else if (character === '"') quoted = !quoted;
    else if (!quoted && character === '{') depth += 1;
    else if (!quoted && character === '}') {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return -1;
}

function parse(json: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
