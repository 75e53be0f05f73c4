/** The programs that are tried, from npm, by exact version. `npm view NAME version` names the newest. */
export const versions: Readonly<Record<string, string>> = {
  '@anthropic-ai/claude-code': '2.1.332',
  '@openai/codex': '0.171.0',
  'opencode-ai': '1.18.33',
  openai: '7.59.0',
  '@anthropic-ai/sdk': '1.14.0',
  ai: '7.0.173',
  '@ai-sdk/openai': '4.0.118',
  '@ai-sdk/openai-compatible': '3.0.92',
  '@ai-sdk/anthropic': '4.0.105',
  langchain: '1.5.14',
  '@langchain/core': '1.4.0',
  '@langchain/openai': '1.6.0',
  '@langchain/anthropic': '1.5.11',
  '@openai/agents': '0.20.0',
  zod: '4.6.7',
};

/** Those whose install script puts the program for this machine in place. */
export const withInstallScripts = ['@anthropic-ai/claude-code', 'opencode-ai'];
