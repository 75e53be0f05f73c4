import { z } from 'zod';
import { streamExceptions } from '../../../../faults.ts';
import { stopReasons } from '../../answer/answer-part.ts';
import { bedrockStatuses } from '../../errors.ts';

const count = z.int().nonnegative();
const errorNames = Object.keys(bedrockStatuses) as (keyof typeof bedrockStatuses)[];

/** Limits a step to models whose id contains this text. */
const always = { onlyFor: z.string().min(1).optional() };

/** Without this, trouble strikes in its turn; with it, after that many events, even within a block. */
const trouble = { afterEvents: count.optional(), ...always };

/** A string is cut into the stand-in's tokens; a list is sent as it is, one delta for each item. */
const pieces = z.union([z.string(), z.array(z.string()).min(1)]);
const index = count.optional();

const textBlock = z.strictObject({ text: pieces, index, ...always });
const reasoningBlock = z.strictObject({
  reasoning: pieces,
  /** By default a valid one; false for none, as from models that don't sign. */
  signature: z.union([pieces, z.literal(false)]).optional(),
  index,
  ...always,
});
const redactedBlock = z.strictObject({ redacted: z.base64(), index, ...always });
const toolUseBlock = z.strictObject({
  toolUse: z.string(),
  id: z.string().optional(),
  /** By default made to satisfy the tool's schema. */
  input: z.json().optional(),
  /** The JSON's pieces as they are sent, whatever they add up to. */
  inputPieces: z.array(z.string()).optional(),
  index,
  ...always,
});
const echoBlock = z.strictObject({ echo: z.string(), index, ...always });

export const block = z.union([textBlock, reasoningBlock, redactedBlock, toolUseBlock, echoBlock]);

export const usage = z.strictObject({
  inputTokens: count.optional(),
  outputTokens: count.optional(),
  cacheReadInputTokens: count.optional(),
  cacheWriteInputTokens: count.optional(),
});

const troubleStep = z.union([
  z.strictObject({ wait: count.max(900_000), ...trouble }),
  z.strictObject({ flaw: z.enum(['corrupt', 'truncated']), ...trouble }),
  z.strictObject({ fail: z.enum(errorNames), message: z.string().optional(), ...trouble }),
  z.strictObject({ exception: z.enum(streamExceptions), message: z.string().optional(), ...trouble }),
  z.strictObject({ cut: z.literal(true), ...trouble }),
]);

const step = z.union([
  block,
  z.strictObject({ interleave: z.array(block).min(2), ...always }),
  z.strictObject({ event: z.string(), payload: z.record(z.string(), z.json()), ...always }),
  troubleStep,
  z.strictObject({ pieceBytes: count.min(1), ...always }),
  z.strictObject({ guardrail: z.enum(['input', 'output']), message: z.string().optional(), ...always }),
  z.strictObject({ usage: usage.nullable(), ...always }),
  z.strictObject({
    stop: z.union([z.enum(stopReasons), z.literal(false)]),
    fields: z.record(z.string(), z.json()).optional(),
    ...always,
  }),
]);

export const steps = z.array(step);

/** A list of steps, or one list for each turn of a conversation that goes on with tool results. */
export const script = z.union([steps, z.strictObject({ turns: z.array(steps).min(1) })]);

export type Step = z.infer<typeof step>;
export type TroubleStep = z.infer<typeof troubleStep>;
export type Block = z.infer<typeof block>;
