/** The landing page's words. A second language is a second object. */
export interface LandingTexts {
  language: string;
  /** What the service is, in one sentence: the page's heading. */
  sentence: string;
  lead: string;
  skip: string;
  pages: string;
  docs: string;
  reference: string;
  status: string;
  logIn: string;
  createAccount: string;
  continueWith(provider: string): string;
  /** @param domains "example.com or example.org" */
  onlyFor(domains: string): string;
  approval: string;
  snippet: string;
  copy: string;
  copied: string;
  models: string;
  pricesNote: string;
  model: string;
  maker: string;
  context: string;
  input: string;
  output: string;
  embedding: string;
  plans: string;
  plansNote: string;
  requestsPerDay: string;
  /** @param per "a minute" */
  limit(count: string, unit: 'requests' | 'tokens' | 'dollars', per: string): string;
  allModels: string;
  onlyModels(names: string): string;
  givenByAdmin: string;
  forAddresses(domains: string): string;
  forGroups: string;
  openApi: string;
  version(version: string): string;
  up: string;
  down: string;
  /** Windows of a limit other than a day's, by their kind. */
  per: Readonly<Record<string, string>>;
}

export const english: LandingTexts = {
  language: 'en',
  sentence: 'An API key for language models, with a daily plan.',
  lead: 'It works with the OpenAI or Anthropic client that you already use, and always says what is left of the day.',
  skip: 'Skip to content',
  pages: 'Pages',
  docs: 'Docs',
  reference: 'API reference',
  status: 'Status',
  logIn: 'Log in',
  createAccount: 'Create an account',
  continueWith: (provider) => `Continue with ${provider}`,
  onlyFor: (domains) => `For addresses at ${domains}.`,
  approval: 'An admin lets new accounts in.',
  snippet: 'Python, with the OpenAI client',
  copy: 'Copy',
  copied: 'Copied',
  models: 'Models',
  pricesNote: 'US dollars per million tokens.',
  model: 'Model',
  maker: 'Maker',
  context: 'Context',
  input: 'Input',
  output: 'Output',
  embedding: 'embeddings',
  plans: 'Plans',
  plansNote: 'A day begins at 00:00 UTC.',
  requestsPerDay: 'requests a day',
  limit: (count, unit, per) => (unit === 'dollars' ? `$${count} ${per}` : `${count} ${unit} ${per}`),
  allModels: 'Every model',
  onlyModels: (names) => `Only ${names}`,
  givenByAdmin: 'Given by an admin',
  forAddresses: (domains) => `For addresses at ${domains}`,
  forGroups: 'For members of some groups',
  openApi: 'OpenAPI document',
  version: (version) => `Daypass ${version}`,
  up: 'The API answers',
  down: 'The API does not answer',
  per: { minute: 'a minute', hour: 'an hour', day: 'a day', week: 'a week', month: 'a month' },
};
