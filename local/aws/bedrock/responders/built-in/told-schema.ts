import { isObject, type JsonObject } from '../../json.ts';
import type { ConverseRequest } from '../../request/converse-request.ts';
import { schemaProblem } from '../../request/validate-schema.ts';

/** A JSON Schema that the system prompt tells between `<json_schema>` tags: a model that reads it keeps to it. */
export function toldSchema({ system }: Pick<ConverseRequest, 'system'>): JsonObject | undefined {
  const told = system.map((block) => (block.kind === 'text' ? block.text : '')).join('\n');
  const [, json] = /<json_schema>(.*?)<\/json_schema>/s.exec(told) ?? [];
  if (json === undefined) return undefined;
  try {
    const schema: unknown = JSON.parse(json);
    return isObject(schema) && schemaProblem(schema) === undefined ? schema : undefined;
  } catch {
    return undefined;
  }
}
