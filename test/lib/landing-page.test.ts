import type { Catalog } from '../../core/catalog.ts';
import { toCatalog } from '../../lib/catalog.ts';
import { landingPage } from '../../lib/constructs/edge/landing/landing-page.ts';
import { readSettings } from '../../lib/settings.ts';

const template = '<html lang="en"><title>{{title}}</title><meta content="{{description}}">{{body}}</html>';
const catalog = toCatalog(readSettings('daypass.yml'));

function pageOf(changes: Partial<Catalog> = {}): string {
  return landingPage(template, {
    catalog: { ...catalog, ...changes },
    stage: 'prod',
    name: 'Daypass',
    origin: 'https://llm.example.com',
    region: 'eu-central-1',
    version: '1.2.3',
  });
}

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
    '$2 a day',
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
  const props = { catalog, stage: 'prod', name: '', origin: '', region: '', version: '' } as const;
  expect(() => landingPage('<html lang="en">', props)).toThrow('{{title}}');
});
