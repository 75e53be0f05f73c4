interface EnvFileInput {
  name: string;
  /** The secret. */
  key: string;
  origin: string;
}

export const envFileName = 'daypass.env';

/** Uses the names that the official SDKs read, so that code needs neither key nor address. */
export function envFile({ name, key, origin }: EnvFileInput): string {
  // Anything that a parser takes for the end of a line would end the comment, too.
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
