import { unsupportedHere } from '../errors.ts';
import { enumField, type JsonObject, listField, requiredObject, requiredString } from '../json-fields.ts';
import type { ToolResultBlock, ToolResultPart } from './content.ts';
import { parseDocument, parseImage } from './parse-media.ts';
import { parseUnion } from './parse-union.ts';

export function parseToolResult(member: JsonObject, path: string): ToolResultBlock {
  const content = listField(member, `${path}.content`) ?? [];
  return {
    kind: 'toolResult',
    toolUseId: requiredString(member, `${path}.toolUseId`),
    status: enumField(member, `${path}.status`, ['success', 'error']),
    content: content.map((part, index) => parsePart(part, `${path}.content.${index}`)),
  };
}

function parsePart(value: unknown, path: string): ToolResultPart {
  const { kind, object } = parseUnion(value, path, 'ToolResultContentBlock');
  const memberPath = `${path}.${kind}`;
  switch (kind) {
    case 'text':
      return { kind, text: requiredString(object, memberPath) };
    case 'json':
      return { kind, json: object.json };
    case 'image':
      return parseImage(requiredObject(object, memberPath), memberPath);
    case 'document':
      return parseDocument(requiredObject(object, memberPath), memberPath);
    default:
      throw unsupportedHere(`'${kind}' at ${path}`);
  }
}
