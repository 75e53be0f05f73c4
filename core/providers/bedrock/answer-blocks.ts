import type { ChatEvent } from '../../chat/chat.ts';

/** A content block of an answer so far. */
export interface AnswerBlock {
  /** `answer`: a call of the tool whose input is the whole answer. */
  kind: 'text' | 'reasoning' | 'call' | 'answer';
  part: number;
  call: number;
  open: boolean;
  /** Passed on when complete, as hidden reasoning is: Anthropic's clients keep the last piece only. */
  signature: string;
  hidden: Uint8Array[];
}

/**
 * The blocks of one answer. Bedrock's numbers may begin at 1 and have gaps; parts and calls are numbered from 0 in the
 * order in which they begin.
 */
export function createAnswerBlocks() {
  const blocks = new Map<number, AnswerBlock>();
  let parts = 0;
  let calls = 0;
  return {
    begin(index: number, kind: AnswerBlock['kind']): AnswerBlock {
      const call = kind === 'call' ? calls++ : -1;
      const block = { kind, part: parts++, call, open: true, signature: '', hidden: [] };
      blocks.set(index, block);
      return block;
    },
    at: (index: number): AnswerBlock | undefined => blocks.get(index),
    all: (): AnswerBlock[] => [...blocks.values()],
  };
}

/** The events of a block's end; none the second time. */
export function endBlock(block: AnswerBlock): ChatEvent[] {
  if (!block.open) return [];
  block.open = false;
  const { part, signature, hidden } = block;
  return [
    ...(hidden.length === 0
      ? []
      : [{ type: 'redacted-reasoning' as const, part, bytes: Buffer.concat(hidden) }]),
    ...(signature === '' ? [] : [{ type: 'reasoning-signature' as const, part, signature }]),
    { type: 'part-end', part },
  ];
}
