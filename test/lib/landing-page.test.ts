import { readFileSync } from 'node:fs';
import type { Catalog } from '../../core/catalog.ts';
import { toCatalog } from '../../lib/catalog.ts';
import { landingPage } from '../../lib/constructs/edge/landing/landing-page.ts';
import { readSettings } from '../../lib/settings.ts';
import type { Language } from '../../web/language/languages.ts';
import { t } from '../../web/language/t.ts';

const template = readFileSync('web/landing.html', 'utf8');
const catalog = toCatalog(readSettings('daypass.yml'));

const props = {
  catalog,
  stage: 'prod',
  name: 'Daypass',
  origin: 'https://llm.example.com',
  region: 'eu-central-1',
  version: '1.2.3',
} as const;

const pageOf = (changes: Partial<Catalog> = {}, language: Language = 'en'): string =>
  landingPage(template, { ...props, catalog: { ...catalog, ...changes } }, language);

const plan = {
  name: 'team',
  usagePlanName: 'Team',
  selfService: true,
  maxKeysPerPlan: 1,
  price: '€5 a month',
};

test('it has every model with its prices, and a call with this deployment’s address', () => {
  const page = pageOf();
  for (const { name } of [...catalog.models, ...catalog.embeddingModels]) expect(page).toContain(name);
  expect(page).toMatch(/nova-micro<.*?\$0\.035<.*?\$0\.14</s);
  expect(page).toContain('<b data-origin>https://llm.example.com</b>/v1');
  expect(page).toContain('Daypass 1.2.3');
  expect(page).toContain('eu-central-1');
});

test('it has the plans that users can pick, with their limits', () => {
  const page = pageOf({
    plans: [
      { ...plan, requestsPerDay: 1000, requestsPerMinute: 10, spendPerDay: 2, models: ['nova-lite'] },
      { ...plan, name: 'unlimited', usagePlanName: 'Unlimited' },
    ],
  });
  for (const words of [
    '€5 a month',
    '<strong>1,000</strong>',
    '10 requests a minute',
    '$2.00 a day',
    'Only nova-lite',
  ])
    expect(page).toContain(words);
  expect(page).not.toContain('unlimited');
});

test.each([
  [{ selfService: false }, 'Given by an admin'],
  [{ for: { domains: ['a.com', 'b.com'] } }, 'For addresses at a.com or b.com'],
  [{ for: { groups: ['staff'] } }, 'For members of some groups'],
])('it says who may have a plan: %j', (audience, words) => {
  expect(pageOf({ plans: [{ ...plan, ...audience }] })).toContain(words);
});

const provider = { name: 'okta', label: 'Okta', domains: [] };

test('it offers an account where users make their own, and says on which conditions', () => {
  const page = pageOf({
    signUp: { confirmation: 'email', approval: 'admin', allowedDomains: ['example.com'] },
  });
  expect(page).toContain('href="/sign-up">Create an account<');
  expect(page).toContain('For addresses at example.com. An admin lets new accounts in.');
  expect(pageOf()).not.toContain('class="conditions"');
});

test('it offers the provider alone where passwords are off', () => {
  const logIn = { ...catalog.logIn, passwords: 'off', providers: [provider] } as const;
  const page = pageOf({ logIn });
  expect(page).toContain('href="/sign-in">Continue with Okta<');
  expect(page).not.toContain('/sign-up');
});

test('what settings contain is text', () => {
  const page = pageOf({ plans: [{ ...plan, price: '<b onclick="x">&' }] });
  expect(page).toContain('&lt;b onclick=&quot;x&quot;&gt;&amp;');
});

test('a template without a place is refused', () => {
  expect(() => landingPage('<html lang="en">', props, 'en')).toThrow('{{title}}');
});

test('it is written in German too, with German figures and the operator’s own words as they are', () => {
  const sentence = 'Every model Acme pays for.';
  const plans = [
    { ...plan, requestsPerDay: 1000, requestsPerMinute: 10, for: { domains: ['a.com', 'b.com'] } },
  ];
  const page = landingPage(template, { ...props, sentence, catalog: { ...catalog, plans } }, 'de');
  for (const words of [
    '<html lang="de">',
    `<h1 lang="">${sentence}</h1>`,
    'Konto erstellen',
    '€5 a month',
    '<strong>1.000</strong> Anfragen pro Tag',
    '10 Anfragen pro Minute',
    'Für Adressen von a.com oder b.com',
    '0,035\u00a0$',
  ])
    expect(page).toContain(words);
  const plain = pageOf({}, 'de');
  expect(plain).toContain(
    '<h1>Ein API-\u2060Schlüssel für\u00a0Sprachmodelle, mit\u00a0Tageskontingent.</h1>',
  );
  expect(plain).toContain('<p class="price">Kostenlos</p>');
  // What comes after it is in the language of before.
  expect(t('Create an account')).toBe('Create an account');
});

test.each<[Language, string]>([
  ['en', '<a href="/de" lang="de" hreflang="de">Deutsch</a>'],
  ['de', '<a href="/en" lang="en" hreflang="en">English</a>'],
])('in %s it leads to the other language, and search engines to each', (language, link) => {
  const page = pageOf({}, language);
  expect(page).toContain(link);
  expect(page.match(/<a [^>]*hreflang/g)).toHaveLength(1);
  for (const [name, path] of [
    ['en', '/en'],
    ['de', '/de'],
    ['x-default', '/'],
  ])
    expect(page).toContain(
      `<link rel="alternate" hreflang="${name}" href="https://llm.example.com${path}" />`,
    );
});
