import type { ChatEvent } from '../../chat/chat.ts';
import { DaypassError } from '../../errors.ts';
import type { TokenUsage } from '../../metering/token-usage.ts';
import { type AnswerBlock, createAnswerBlocks, endBlock } from './answer-blocks.ts';
import type { ConverseDelta, ConverseEvent, ConverseUsage } from './converse-shapes.ts';
import { isBroken, toStop } from './stop-reason.ts';

interface Reading {
  blocks: ReturnType<typeof createAnswerBlocks>;
  /** In characters, so far. */
  share: ThoughtShare;
  answerTool: string | undefined;
}

/**
 * Reads one answer, event by event. Bedrock announces tool calls only; other blocks begin with their first delta.
 *
 * @param answerTool name of the tool whose input is the whole answer, where JSON had to be requested that way
 */
export function createAnswerReader(answerTool?: string): (event: ConverseEvent) => ChatEvent[] {
  const reading: Reading = {
    blocks: createAnswerBlocks(),
    share: { thought: 0, said: 0 },
    answerTool,
  };
  return ({ contentBlockStart, contentBlockDelta, contentBlockStop, messageStop, metadata }) => {
    if (contentBlockStart) return readStart(reading, contentBlockStart);
    if (contentBlockDelta) return readDelta(reading, contentBlockDelta);
    if (contentBlockStop) {
      const block = reading.blocks.at(contentBlockStop.contentBlockIndex ?? 0);
      return block === undefined ? [] : endBlock(block);
    }
    if (messageStop) return readStop(reading, messageStop);
    if (metadata?.usage === undefined) return [];
    const serviceTier = metadata.serviceTier?.type;
    const usage = toUsage(metadata.usage, reading.share);
    return [{ type: 'usage', usage, ...(serviceTier !== undefined && { serviceTier }) }];
  };
}

function readStart(
  { blocks, share, answerTool }: Reading,
  { contentBlockIndex: index = 0, start }: NonNullable<ConverseEvent['contentBlockStart']>,
): ChatEvent[] {
  const { toolUseId: id, name } = start?.toolUse ?? {};
  if (id === undefined || name === undefined) return [];
  if (name === answerTool) {
    blocks.begin(index, 'answer');
    return [];
  }
  const { part, call } = blocks.begin(index, 'call');
  share.said += name.length;
  return [{ type: 'tool-call', part, call, id, name }];
}

function readDelta(
  reading: Reading,
  { contentBlockIndex: index = 0, delta }: NonNullable<ConverseEvent['contentBlockDelta']>,
): ChatEvent[] {
  if (delta === undefined) return [];
  const { blocks, share } = reading;
  const known = blocks.at(index);
  if (delta.text !== undefined) {
    if (delta.text === '') return [];
    share.said += delta.text.length;
    return [{ type: 'text', part: (known ?? blocks.begin(index, 'text')).part, text: delta.text }];
  }
  if (delta.reasoningContent !== undefined) {
    return readThought(share, known ?? blocks.begin(index, 'reasoning'), delta.reasoningContent);
  }
  if (known === undefined) throw brokenAnswer();
  return readInput(share, known, delta.toolUse?.input ?? '');
}

function readThought(
  share: ThoughtShare,
  block: AnswerBlock,
  { text = '', signature, redactedContent }: NonNullable<ConverseDelta['reasoningContent']>,
): ChatEvent[] {
  if (redactedContent !== undefined) {
    share.thought += redactedContent.length;
    block.hidden.push(redactedContent);
    return [];
  }
  if (signature !== undefined) {
    block.signature += signature;
    return [];
  }
  share.thought += text.length;
  return [{ type: 'reasoning', part: block.part, text }];
}

function readInput(share: ThoughtShare, { kind, part, call }: AnswerBlock, json: string): ChatEvent[] {
  share.said += json.length;
  if (json === '') return [];
  return kind === 'answer'
    ? [{ type: 'text', part, text: json }]
    : [{ type: 'tool-input', part, call, json }];
}

function readStop(
  { blocks }: Reading,
  { stopReason = '', additionalModelResponseFields }: NonNullable<ConverseEvent['messageStop']>,
): ChatEvent[] {
  if (isBroken(stopReason)) throw brokenAnswer();
  const answered = blocks.all().some(({ kind }) => kind === 'answer');
  const stop = toStop(stopReason, additionalModelResponseFields);
  return [
    ...blocks.all().flatMap(endBlock),
    answered && stop.reason === 'tool-calls' ? { type: 'stop', reason: 'end' } : stop,
  ];
}

function brokenAnswer(): DaypassError {
  return new DaypassError('model_failed', 'The model’s answer was malformed. Try again.');
}

/** How much of an answer was reasoning: Bedrock counts it as output and reports no separate count. */
interface ThoughtShare {
  thought: number;
  said: number;
}

/** Reasoning's share of the characters is the best available estimate of its tokens. */
function toUsage(usage: ConverseUsage, { thought, said }: ThoughtShare): TokenUsage {
  const output = usage.outputTokens ?? 0;
  const written = usage.cacheWriteInputTokens ?? 0;
  const writtenForAnHour = (usage.cacheDetails ?? [])
    .filter(({ ttl }) => ttl === '1h')
    .reduce((sum, { inputTokens = 0 }) => sum + inputTokens, 0);
  return {
    input: usage.inputTokens ?? 0,
    output,
    cachedInput: usage.cacheReadInputTokens ?? 0,
    cacheWriteInput: written,
    cacheWriteHourInput: Math.min(written, writtenForAnHour),
    reasoning: Math.round((output * thought) / Math.max(1, thought + said)),
  };
}
