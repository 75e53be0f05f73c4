interface EnvFileInput {
  name: string;
  /** The value. */
  key: string;
  /** Of this page. */
  origin: string;
}

export const envFileName = 'daypass.env';

/** Under the names that the official SDKs read by themselves: with it, code needs no key and no address. */
export function envFile({ name, key, origin }: EnvFileInput): string {
  // Whatever a reader of such files takes for the end of a line would end the comment too.
  const comment = name.replace(/[\s\p{Cc}]+/gu, ' ');
  return [
    `# Daypass key: ${comment}`,
    `OPENAI_API_KEY=${key}`,
    `OPENAI_BASE_URL=${origin}/v1`,
    `ANTHROPIC_API_KEY=${key}`,
    `ANTHROPIC_BASE_URL=${origin}`,
    '',
  ].join('\n');
}
