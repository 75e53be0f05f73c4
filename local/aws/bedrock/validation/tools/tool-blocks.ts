import { invalid, refusedByModel } from '../../errors.ts';
import { isObject } from '../../json-fields.ts';
import type { ContentBlock, Message, ToolResultBlock } from '../../request/content.ts';
import type { CheckedRequest } from '../checked-request.ts';
import { refusePattern } from './refuse-pattern.ts';

const idPattern = '[a-zA-Z0-9_.:-]+';

/** Checks each tool use and tool result by itself. */
export function validateToolBlocks({ messages, traits }: Pick<CheckedRequest, 'messages' | 'traits'>): void {
  for (const [index, message] of messages.entries()) {
    const path = `messages.${index}.content`;
    for (const [at, block] of message.content.entries()) validateBlock(block, `${path}.${at}`);
    if (!traits.mixesToolBlocks) refuseMixed(message, path);
    if (traits.family === 'claude') refuseIdsOfOthers(message, path);
  }
}

function validateBlock(block: ContentBlock, path: string): void {
  if (block.kind === 'toolUse') {
    refusePattern(block.toolUseId, `${path}.toolUse.toolUseId`, idPattern);
    refusePattern(block.name, `${path}.toolUse.name`, '[a-zA-Z0-9_-]+');
    if (!isObject(block.input)) throw notJsonObject(`${path}.toolUse.input`);
  }
  if (block.kind === 'toolResult') validateResult(block, `${path}.toolResult`);
}

function validateResult(result: ToolResultBlock, path: string): void {
  refusePattern(result.toolUseId, `${path}.toolUseId`, idPattern);
  if (result.status === 'error' && result.content.length === 0) {
    throw invalid(`The content field at ${path} cannot be empty when status value is error.`);
  }
  for (const [index, part] of result.content.entries()) {
    if (part.kind === 'json' && !isObject(part.json)) throw notJsonObject(`${path}.content.${index}.json`);
  }
}

const notJsonObject = (path: string) =>
  invalid(
    `The format of the value at ${path} is invalid. Provide a json object for the field and try again.`,
  );

function refuseMixed({ content }: Message, path: string): void {
  for (const [kind, words] of [
    ['toolUse', 'tool use'],
    ['toolResult', 'tool result'],
  ]) {
    const tools = content.filter((block) => block.kind === kind).length;
    if (tools > 0 && tools < content.length) {
      throw invalid(`${path}: Conversation blocks and ${words} blocks cannot be provided in the same turn.`);
    }
  }
}

function refuseIdsOfOthers({ content }: Message, path: string): void {
  for (const [at, block] of content.entries()) {
    if (block.kind === 'toolUse' && !/^[a-zA-Z0-9_-]+$/.test(block.toolUseId)) {
      throw refusedByModel(`${path}.${at}.tool_use.id: String should match pattern '^[a-zA-Z0-9_-]+$'`);
    }
  }
}
