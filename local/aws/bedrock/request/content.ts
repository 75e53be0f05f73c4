import type { JsonObject } from '../json-fields.ts';

export type Role = 'user' | 'assistant';

export interface Message {
  role: Role;
  content: ContentBlock[];
}

export interface TextBlock {
  kind: 'text';
  text: string;
}

/** Bytes are undefined for objects in S3, which aren't read here. */
export interface ImageBlock {
  kind: 'image';
  format: string;
  bytes: Uint8Array | undefined;
}

export interface DocumentBlock {
  kind: 'document';
  name: string;
  format: string;
  bytes: Uint8Array | undefined;
  /** Given as text instead of as a file. */
  text: string | undefined;
}

export interface ToolUseBlock {
  kind: 'toolUse';
  toolUseId: string;
  name: string;
  input: unknown;
}

export interface ToolResultBlock {
  kind: 'toolResult';
  toolUseId: string;
  status: 'success' | 'error' | undefined;
  content: ToolResultPart[];
}

export type ToolResultPart = TextBlock | ImageBlock | DocumentBlock | { kind: 'json'; json: unknown };

export type ReasoningBlock =
  | { kind: 'reasoning'; text: string; signature: string | undefined }
  | { kind: 'redactedReasoning'; bytes: Uint8Array };

export interface CachePoint {
  kind: 'cachePoint';
  ttl: '5m' | '1h';
}

/** Text or an image for a guardrail to check; the model reads it as any other. */
export type GuardContent = { kind: 'guardContent' } & ({ text: string } | { image: ImageBlock });

export type ContentBlock =
  | TextBlock
  | ImageBlock
  | DocumentBlock
  | ToolUseBlock
  | ToolResultBlock
  | ReasoningBlock
  | CachePoint
  | GuardContent;

export type SystemBlock = TextBlock | CachePoint | GuardContent;

export interface ToolSpec {
  kind: 'tool';
  name: string;
  description: string | undefined;
  inputSchema: JsonObject;
  strict: boolean;
}

export type ToolChoice = { kind: 'auto' } | { kind: 'any' } | { kind: 'tool'; name: string };

/** A block's text, as a model reads it. */
export function textOf(block: ContentBlock | ToolResultPart): string | undefined {
  if (block.kind === 'text') return block.text;
  if (block.kind === 'guardContent' && 'text' in block) return block.text;
  return undefined;
}
