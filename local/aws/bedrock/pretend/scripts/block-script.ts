import { parsePointer } from '../../answer/pick-fields.ts';
import { splitTokens } from '../../answer/split-tokens.ts';
import { isObject, ownMember } from '../../json-fields.ts';
import type { ConverseRequest } from '../../request/converse-request.ts';
import { toolsOf } from '../../request/parse-tools.ts';
import type { StreamEvent } from '../../stream/event-frames.ts';
import { instanceOf } from '../json-schema/instance-of.ts';
import { signReasoning } from '../reasoning-signature.ts';
import { newToolUseId, oddPieces } from '../tool-use.ts';
import type { Block } from './steps.ts';

/** What a JSON Pointer leads to, list items by their number; the empty one leads to the whole. */
export function readPointer(value: unknown, pointer: string): unknown {
  if (pointer === '') return value;
  return parsePointer(pointer).reduce<unknown>((at, name) => {
    if (Array.isArray(at)) return at[Number(name)];
    return isObject(at) ? ownMember(at, name) : undefined;
  }, value);
}

/** A content block, ready to be sent. */
export interface BlockScript {
  index: number;
  start: object | undefined;
  deltas: object[];
  isToolUse: boolean;
  /** What counts as output. */
  said: string;
}

/** @param index when the step names none */
export function scriptBlock(block: Block, index: number, request: ConverseRequest): BlockScript {
  const common = { index: block.index ?? index, start: undefined, isToolUse: false };
  if ('toolUse' in block) return { ...common, ...toolUseScript(block, common.index, request) };
  if ('redacted' in block) {
    const redactedContent = new Uint8Array(Buffer.from(block.redacted, 'base64'));
    return { ...common, deltas: [{ reasoningContent: { redactedContent } }], said: '' };
  }
  if ('reasoning' in block) {
    const said = piecesOf(block.reasoning);
    const signature = block.signature ?? signReasoning(said.join(''));
    const signatures = signature === false ? [] : [signature].flat();
    return {
      ...common,
      deltas: [
        ...said.map((text) => ({ reasoningContent: { text } })),
        ...signatures.map((piece) => ({ reasoningContent: { signature: piece } })),
      ],
      said: said.join(''),
    };
  }
  const said = 'echo' in block ? echo(request, block.echo) : piecesOf(block.text);
  return { ...common, deltas: said.map((text) => ({ text })), said: said.join('') };
}

/** The block's start, deltas and stop. */
export function blockEvents({ deltas, index, start }: BlockScript): StreamEvent[] {
  const event = (name: string, members: object): StreamEvent => ({
    name,
    payload: { contentBlockIndex: index, ...members },
  });
  return [
    ...(start === undefined ? [] : [event('contentBlockStart', { start })]),
    ...deltas.map((delta) => event('contentBlockDelta', { delta })),
    event('contentBlockStop', {}),
  ];
}

function toolUseScript(block: Extract<Block, { toolUse: string }>, index: number, request: ConverseRequest) {
  const pieces =
    block.inputPieces ?? oddPieces(JSON.stringify(block.input ?? madeInput(block.toolUse, request)));
  const toolUseId = block.id ?? newToolUseId(request.body, index);
  return {
    start: { toolUse: { toolUseId, name: block.toolUse } },
    deltas: pieces.map((input) => ({ toolUse: { input } })),
    isToolUse: true,
    said: `${block.toolUse}${pieces.join('')}`,
  };
}

function madeInput(name: string, { toolConfig }: ConverseRequest): unknown {
  const tool = toolsOf(toolConfig).find((candidate) => candidate.name === name);
  return tool === undefined ? {} : instanceOf(tool.inputSchema);
}

const piecesOf = (pieces: string | string[]): string[] =>
  typeof pieces === 'string' ? splitTokens(pieces) : pieces;

const echo = ({ body }: ConverseRequest, pointer: string): string[] => [
  JSON.stringify(readPointer(body, pointer)) ?? 'undefined',
];
