import { unsupportedHere } from '../errors.ts';
import {
  blobField,
  enumField,
  type JsonObject,
  objectField,
  requiredEnum,
  requiredObject,
  requiredString,
  stringField,
} from '../json-fields.ts';
import type { CachePoint, ContentBlock, GuardContent, ReasoningBlock } from './content.ts';
import { parseDocument, parseImage } from './parse-media.ts';
import { parseToolResult } from './parse-tool-result.ts';
import { parseUnion } from './parse-union.ts';

export function parseContentBlock(value: unknown, path: string): ContentBlock {
  const { kind, object } = parseUnion(value, path, 'ContentBlock');
  const memberPath = `${path}.${kind}`;
  if (kind === 'text') return { kind: 'text', text: requiredString(object, memberPath) };
  const member = requiredObject(object, memberPath);
  switch (kind) {
    case 'image':
      return parseImage(member, memberPath);
    case 'document':
      return parseDocument(member, memberPath);
    case 'toolUse':
      return {
        kind,
        toolUseId: requiredString(member, `${memberPath}.toolUseId`),
        name: requiredString(member, `${memberPath}.name`),
        input: member.input,
      };
    case 'toolResult':
      return parseToolResult(member, memberPath);
    case 'reasoningContent':
      return parseReasoning(member, memberPath);
    case 'cachePoint':
      return parseCachePoint(member, memberPath);
    case 'guardContent':
      return parseGuardContent(member, memberPath);
    default:
      throw unsupportedHere(`'${kind}' at ${path}`);
  }
}

function parseReasoning(member: JsonObject, path: string): ReasoningBlock {
  const { kind, object } = parseUnion(member, path, 'ReasoningContentBlock');
  if (kind === 'redactedContent') {
    return {
      kind: 'redactedReasoning',
      bytes: blobField(object, `${path}.redactedContent`) ?? new Uint8Array(),
    };
  }
  if (kind !== 'reasoningText') throw unsupportedHere(`'${kind}' at ${path}`);
  const reasoning = requiredObject(object, `${path}.reasoningText`);
  return {
    kind: 'reasoning',
    text: requiredString(reasoning, `${path}.reasoningText.text`),
    signature: stringField(reasoning, `${path}.reasoningText.signature`),
  };
}

export function parseCachePoint(member: JsonObject, path: string): CachePoint {
  requiredEnum(member, `${path}.type`, ['default']);
  return { kind: 'cachePoint', ttl: enumField(member, `${path}.ttl`, ['5m', '1h']) ?? '5m' };
}

export function parseGuardContent(member: JsonObject, path: string): GuardContent {
  const { kind, object } = parseUnion(member, path, 'GuardrailConverseContentBlock');
  if (kind === 'image') {
    return { kind: 'guardContent', image: parseImage(requiredObject(object, `${path}.image`), path) };
  }
  if (kind !== 'text') throw unsupportedHere(`'${kind}' at ${path}`);
  const text = objectField(object, `${path}.text`) ?? {};
  return { kind: 'guardContent', text: requiredString(text, `${path}.text.text`) };
}
