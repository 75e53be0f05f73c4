/** Written by lib/constructs/edge/console-site.ts at deployment, so that one build serves every stage. */
export interface ConsoleConfig {
  /** Of Daypass. */
  version: string;
  stage: 'prod' | 'dev';
  region: string;
  /** The limit of a model call's JSON. */
  chat: { maxBodyBytes: number };
  /** Names of the providers that take keys of callers. */
  providers: readonly string[];
  signUp: { confirmation: 'email' | 'off'; allowedDomains: readonly string[] };
  /** Whether one-time messages can be written. */
  oneTimeMessages: boolean;
  /** Whether plans are sold. */
  billing: boolean;
  /** What is the operator's own. */
  site: SiteConfig;
  logIn: {
    /** `off`: providers alone. */
    passwords: 'on' | 'off';
    /** Whether users may set up an authenticator app. */
    authenticator: 'on' | 'off';
    /** Whether users may log in with passkeys. */
    passkeys: 'on' | 'off';
    providers: readonly { name: string; label: string; domains: readonly string[] }[];
  };
}

interface SiteConfig {
  /** Whether users can write to the operator. */
  feedback: boolean;
  /** Of the service, as users know it. */
  name: string;
  /** What the service is, in the operator's words; null: in ours. */
  sentence: string | null;
  /** A `word-mark` holds the name itself; null: there is none. */
  logo: 'mark' | 'word-mark' | null;
  links: readonly { label: string; url: string }[];
  /** Each at `/pages/NAME`, from `/pages/NAME.json`. */
  pages: readonly { name: string; title: string }[];
}

/** @throws Error if the page was not deployed with the file */
export async function readConfig(fetchFile: typeof fetch): Promise<ConsoleConfig> {
  const response = await fetchFile('/config.json', { cache: 'no-cache' });
  if (!response.ok) throw new Error(`/config.json answered ${response.status}`);
  return (await response.json()) as ConsoleConfig;
}
