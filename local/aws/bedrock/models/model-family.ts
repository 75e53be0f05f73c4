/** Which of Bedrock's model families an id belongs to, as far as they differ in what they take. */
export type ModelFamily =
  | 'claude'
  | 'nova'
  | 'titan'
  | 'gpt-oss'
  | 'llama'
  | 'mistral'
  | 'deepseek'
  | 'command'
  | 'jamba'
  | 'other';

const vendors: readonly [prefix: string, family: ModelFamily][] = [
  ['anthropic.claude', 'claude'],
  ['amazon.nova', 'nova'],
  ['amazon.titan', 'titan'],
  ['openai.gpt-oss', 'gpt-oss'],
  ['meta.llama', 'llama'],
  ['mistral.', 'mistral'],
  ['deepseek.', 'deepseek'],
  ['cohere.command', 'command'],
  ['ai21.jamba', 'jamba'],
];

/** The id without ARN and without the geography of an inference profile: `anthropic.claude-sonnet-4-6`. */
export function bareModelId(modelId: string): string {
  const id = modelId.startsWith('arn:') ? (modelId.split('/').at(-1) ?? '') : modelId;
  return id.replace(/^(us-gov|us|eu|apac|jp|au|ca|sa|global)\./, '');
}

/** `other` for application inference profiles and custom models, whose ids don't name the family. */
export function modelFamily(modelId: string): ModelFamily {
  const id = bareModelId(modelId);
  return vendors.find(([prefix]) => id.startsWith(prefix))?.[1] ?? 'other';
}
