import type { StreamEvent } from '../stream/event-frames.ts';
import type { AnswerEnd, AnswerPart } from './answer-part.ts';

type Spoken = Exclude<AnswerPart, AnswerEnd>;

export interface BlockWriter {
  events(part: Spoken): Generator<StreamEvent>;
  /** Ends the block that is open, if any. */
  close(): Generator<StreamEvent>;
}

/** Turns parts into content-block events: numbers the blocks, and starts and ends them as Bedrock does. */
export function createBlockWriter(): BlockWriter {
  let open: { index: number; group: string } | undefined;
  let blocks = 0;

  function* close(): Generator<StreamEvent> {
    if (open !== undefined) yield { name: 'contentBlockStop', payload: { contentBlockIndex: open.index } };
    open = undefined;
  }

  return {
    close,
    *events(part) {
      const group = groupOf(part);
      if (open === undefined || open.group !== group || part.kind === 'toolUse') {
        yield* close();
        open = { index: blocks, group };
        blocks += 1;
      }
      const contentBlockIndex = open.index;
      if (part.kind === 'toolUse') {
        const { name, toolUseId } = part;
        const payload = { contentBlockIndex, start: { toolUse: { toolUseId, name } } };
        yield { name: 'contentBlockStart', payload };
      } else yield { name: 'contentBlockDelta', payload: { contentBlockIndex, delta: deltaOf(part) } };
    },
  };
}

const groupOf = ({ kind }: Spoken): string => {
  if (kind === 'signature') return 'reasoning';
  return kind === 'toolInput' ? 'toolUse' : kind;
};

function deltaOf(part: Exclude<Spoken, { kind: 'toolUse' }>): object {
  switch (part.kind) {
    case 'text':
      return { text: part.text };
    case 'reasoning':
      return { reasoningContent: { text: part.text } };
    case 'signature':
      return { reasoningContent: { signature: part.signature } };
    case 'redactedReasoning':
      return { reasoningContent: { redactedContent: part.bytes } };
    case 'toolInput':
      return { toolUse: { input: part.json } };
  }
}
