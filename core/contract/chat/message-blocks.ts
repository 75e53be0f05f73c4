import * as z from 'zod';
import { cacheControl, jsonObject, toolName } from './every-dialect-fields.ts';
import { neverTaken, onlyNeutral } from './unhonoured-fields.ts';

export const cached = { cache_control: cacheControl };

export const textBlock = z.strictObject({
  type: z.literal('text'),
  text: z.string().describe('The text'),
  citations: onlyNeutral(z.array(z.unknown()).max(0)),
  ...cached,
});

const noUrl = { error: "must be 'base64': nothing is fetched from elsewhere" };
const base64 = z.string().min(1, 'must not be empty').describe('The file in base64');
const imageBlock = z.strictObject({
  type: z.literal('image'),
  source: z
    .strictObject({
      type: z.literal('base64', noUrl),
      media_type: z
        .enum(['image/jpeg', 'image/png', 'image/gif', 'image/webp'], {
          error: 'must be image/jpeg, image/png, image/gif or image/webp',
        })
        .describe('The image’s type; its first bytes decide'),
      data: base64,
    })
    .describe('The image'),
  transformations: neverTaken(),
  ...cached,
});

const documentBlock = z.strictObject({
  type: z.literal('document'),
  source: z
    .discriminatedUnion(
      'type',
      [
        z.strictObject({
          type: z.literal('base64'),
          media_type: z.literal('application/pdf', "must be 'application/pdf'"),
          data: base64,
        }),
        z.strictObject({
          type: z.literal('text'),
          media_type: z.literal('text/plain'),
          data: z.string().min(1).describe('The text of the document'),
        }),
      ],
      { error: "must be 'base64' or 'text': nothing is fetched from elsewhere" },
    )
    .describe('The document: a PDF, or a text'),
  title: z.string().max(500).nullish().describe('The document’s name, which the model sees'),
  context: neverTaken(),
  citations: onlyNeutral(z.strictObject({ enabled: z.literal(false).nullish().describe('Only `false`') })),
  ...cached,
});

const thinkingBlock = z.strictObject({
  type: z.literal('thinking'),
  thinking: z.string().describe('Reasoning of an earlier answer, sent back unchanged'),
  signature: z.string().describe('Its signature, without which it is left out'),
});
const redactedThinkingBlock = z.strictObject({
  type: z.literal('redacted_thinking'),
  data: z
    .string()
    .min(1, 'must not be empty')
    .describe('Hidden reasoning of an earlier answer, sent back unchanged'),
});

const toolUseId = z.string().min(1).max(256).describe('The id of the tool call');
/** Blocks of answers, which clients send back. */
const calledDirectly = onlyNeutral(z.strictObject({ type: z.literal('direct') }));
const toolUseBlock = z.strictObject({
  type: z.literal('tool_use'),
  id: toolUseId,
  name: toolName,
  input: jsonObject.describe('What the tool was called with'),
  caller: calledDirectly,
  toolset_name: neverTaken(),
  ...cached,
});

const toolResultBlock = z.strictObject({
  type: z.literal('tool_result'),
  tool_use_id: toolUseId,
  content: z
    .union(
      [
        z.string(),
        z.array(
          z.discriminatedUnion('type', [textBlock, imageBlock, documentBlock], {
            error: 'must be one of the block types text, image and document',
          }),
        ),
      ],
      { error: 'must be a string or a list of blocks' },
    )
    .nullish()
    .describe('What the tool returned: a text, or a list of texts, images and documents'),
  is_error: z.boolean().nullish().describe('Whether the tool failed; default false'),
  toolset_name: neverTaken(),
  ...cached,
});

/** What a message of Anthropic's API may hold. */
export const block = z.discriminatedUnion(
  'type',
  [textBlock, imageBlock, documentBlock, thinkingBlock, redactedThinkingBlock, toolUseBlock, toolResultBlock],
  {
    error:
      'must be one of the block types text, image, document, thinking, redacted_thinking, tool_use and tool_result',
  },
);
