import * as z from 'zod';
import {
  cacheControl,
  deferLoading,
  jsonObject,
  jsonSchema,
  modelName,
  samplingFields,
  toolName,
} from './every-dialect-fields.ts';
import { block, cached, textBlock } from './message-blocks.ts';
import { hint, neverTaken, onlyNeutral } from './unhonoured-fields.ts';

const message = z
  .strictObject({
    role: z
      .enum(['user', 'assistant', 'system'], { error: "must be one of 'user', 'assistant' and 'system'" })
      .describe('Who says it; `system` beside the field of that name'),
    content: z
      .union([z.string(), z.array(block)], { error: 'must be a string or a list of blocks' })
      .describe('What it says: a text, or a list of blocks'),
    output_config: hint(jsonObject, 'output_config counts for the whole request'),
  })
  .meta({ title: 'InputMessage' });

const ownTool = z.strictObject({
  type: z.literal('custom').nullish().describe('May be left out'),
  name: toolName,
  description: z.string().nullish().describe('What the tool does, for the model to read'),
  input_schema: jsonSchema,
  strict: z.boolean().nullish().describe('Whether the input must fit the schema; default false'),
  input_examples: neverTaken(),
  allowed_callers: onlyNeutral(z.tuple([z.literal('direct')])),
  defer_loading: deferLoading,
  eager_input_streaming: onlyNeutral(z.boolean()),
  ...cached,
});

/** Tools that Anthropic runs. */
const hostedTool = z.looseObject({
  type: z
    .enum([
      'advisor_20260301',
      'code_execution_20250522',
      'code_execution_20250825',
      'code_execution_20260120',
      'code_execution_20260521',
      'mcp_toolset',
      'tool_search_tool_bm25_20251119',
      'tool_search_tool_regex_20251119',
      'web_fetch_20250910',
      'web_fetch_20260209',
      'web_fetch_20260309',
      'web_fetch_20260318',
      'web_search_20250305',
      'web_search_20260209',
      'web_search_20260318',
    ])
    .describe('A tool that Anthropic runs: left out beside your own if `tool_choice` is `auto`'),
});

/** Tools that the client runs, and whose inputs Claude knows without a schema. */
const definedByAnthropic = /^(bash|browser|computer|memory|text_editor)_/;

const tool = z.discriminatedUnion('type', [ownTool, hostedTool], {
  error: ({ input }) =>
    definedByAnthropic.test(String(Object(input).type))
      ? "is not supported: tools that Anthropic defines are not offered. Describe it as 'custom', with an input_schema"
      : "must be 'custom': only your own tools are offered to models",
});

const alone = {
  disable_parallel_tool_use: z.boolean().nullish().describe('`true`: the model uses one tool at a time'),
};
const toolChoice = z.discriminatedUnion(
  'type',
  [
    z.strictObject({ type: z.literal('auto'), ...alone }),
    z.strictObject({ type: z.literal('any'), ...alone }),
    z.strictObject({ type: z.literal('tool'), name: toolName, ...alone }),
    z.strictObject({ type: z.literal('none') }),
  ],
  { error: "must be one of 'auto', 'any', 'tool' and 'none'" },
);

const shown = {
  display: z
    .enum(['summarized', 'omitted'], { error: "must be 'summarized' or 'omitted'" })
    .nullish()
    .describe('`omitted`: the answer leaves the text of its reasoning out; default `summarized`'),
  block_binding: hint(jsonObject, 'blocks of reasoning are sent as they are'),
};
const thinking = z.discriminatedUnion(
  'type',
  [
    z.strictObject({
      type: z.literal('enabled'),
      budget_tokens: z
        .int('must be a whole number')
        .min(1)
        .describe('The most tokens of reasoning, less than `max_tokens`'),
      ...shown,
    }),
    z.strictObject({ type: z.literal('adaptive'), ...shown }),
    z.strictObject({ type: z.literal('between_tools'), block_binding: shown.block_binding }),
    z.strictObject({ type: z.literal('disabled'), block_binding: shown.block_binding }),
  ],
  { error: "must be one of 'enabled', 'adaptive', 'between_tools' and 'disabled'" },
);

/** Edits that leave the conversation as it is. */
const neutralEdits = z.strictObject({
  edits: z
    .array(
      z.strictObject({
        type: z.literal('clear_thinking_20251015'),
        keep: z
          .union([z.literal('all'), z.strictObject({ type: z.literal('all') })])
          .describe('Only `all`, which changes nothing'),
      }),
    )
    .nullish()
    .describe('Only edits that change nothing'),
});

const jsonFormat = z
  .strictObject({ type: z.literal('json_schema', "must be 'json_schema'"), schema: jsonSchema })
  .nullish();

/** The fields that counting and asking share. */
const asked = {
  model: modelName,
  messages: z
    .array(message)
    .min(1, 'must hold at least one message')
    .describe('The conversation so far, oldest message first'),
  system: z
    .union([z.string(), z.array(textBlock)], { error: 'must be a string or a list of text blocks' })
    .nullish()
    .describe('What the model is told before the conversation'),
  tools: z.array(tool).nullish().describe('Tools that the model may use'),
  tool_choice: toolChoice
    .nullish()
    .describe('Whether the model may, must or must not use a tool, or the one it must use; default `auto`'),
  thinking: thinking.nullish().describe('Whether and how the model reasons, if it can'),
  cache_control: cacheControl.describe('Sets a cache point after the last message'),
  output_config: z
    .strictObject({
      effort: z
        .enum(['low', 'medium', 'high', 'xhigh', 'max'], {
          error: "must be one of 'low', 'medium', 'high', 'xhigh' and 'max'",
        })
        .nullish()
        .describe('How much the model reasons, if it can; default the model’s own'),
      format: jsonFormat.describe('A JSON Schema that the answer must fit'),
    })
    .nullish()
    .describe('How much work goes into the answer, and its format'),
  output_format: jsonFormat.describe('The older name of `output_config.format`, which takes precedence'),
  context_management: hint(
    z.union([z.null(), neutralEdits], {
      error: 'is not supported: the context is sent as it is; leave it out',
    }),
    'the context is sent as it is. Only edits that change nothing are accepted',
  ),
  speed: onlyNeutral(z.literal('standard')),
  thread: neverTaken('nothing is stored; send the whole conversation as messages'),
  user_profile_id: neverTaken(),
  workspace_id: neverTaken(),
};

/** The fields of Anthropic's count_tokens request that are accepted. All others are refused by name. */
export const countTokensBody = z.strictObject(asked);
export type CountTokensBody = z.infer<typeof countTokensBody>;

/** The fields of Anthropic's Messages request that are accepted. All others are refused by name. */
export const messageBody = z.strictObject({
  ...asked,
  max_tokens: z
    .int('must be a whole number')
    .min(1, 'must be at least 1')
    .describe('The most tokens that the answer may have, reasoning included, up to the model’s own limit'),
  stream: z.boolean().nullish().describe('Sends the answer as server-sent events; default false'),
  stop_sequences: z
    .array(z.string().min(1, 'must not be empty'))
    .max(100, 'must hold at most 100 sequences')
    .nullish()
    .describe('Texts at which the answer stops'),
  temperature: z
    .number()
    .min(0)
    .max(1)
    .nullish()
    .describe('How random the answer is; default the model’s own'),
  ...samplingFields,
  metadata: z
    .strictObject({ user_id: z.string().nullish().describe('Names the end user') })
    .nullish()
    .describe('`user_id` is recorded in Bedrock’s invocation logs, if the operator keeps them'),
  service_tier: z
    .enum(['auto', 'standard_only'], { error: "must be 'auto' or 'standard_only'" })
    .nullish()
    .describe('`standard_only` is Bedrock’s `default` tier, `auto` the deployment’s own; default `auto`'),
  container: neverTaken(),
  diagnostics: neverTaken(),
  inference_geo: neverTaken('the operator’s inference profiles decide'),
});
export type MessageBody = z.infer<typeof messageBody>;
export type MessageBlock = z.infer<typeof block>;
