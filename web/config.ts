/** What lib/constructs/console-site.ts puts beside the page at deployment, so that one build serves every stage. */
export interface ConsoleConfig {
  stage: 'prod' | 'dev';
  region: string;
  /** The most that one call of a model may have, in bytes of JSON. */
  chat: { maxBodyBytes: number };
  signUp: { confirmation: 'email' | 'off'; allowedDomains: readonly string[] };
}

/** @throws Error when the page stands where no deployment put the file */
export async function readConfig(fetchFile: typeof fetch): Promise<ConsoleConfig> {
  const response = await fetchFile('/config.json', { cache: 'no-cache' });
  if (!response.ok) throw new Error(`/config.json answered ${response.status}`);
  return (await response.json()) as ConsoleConfig;
}
