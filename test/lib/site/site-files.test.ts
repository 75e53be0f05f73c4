import { readFileSync } from 'node:fs';
import { brandedIndex, logoKind, type Site, withBrandCss } from '../../../lib/constructs/edge/site-files.ts';
import { smallest } from '../settings-file.ts';
import { synth } from '../synth.ts';

const index = readFileSync(new URL('../../../web/index.html', import.meta.url), 'utf8');
const plain: Site = { name: 'Daypass', links: [], pages: [], mails: {} };
const logo = (width: number) => ({ text: '<svg/>', width, height: 20 });

test('without anything of the operator’s, the page is as it was built', () => {
  expect(brandedIndex(index, plain)).toBe(index);
  expect(withBrandCss(index, plain)).toBe(index);
});

test('name and sentence stand in the page, as text', () => {
  const page = brandedIndex(index, { ...plain, name: 'Acme & Sons "AI"', sentence: 'Models, "all" of them' });
  expect(page).toContain('<title>Acme &amp; Sons &quot;AI&quot;</title>');
  expect(page).toContain('name="description" content="Models, &quot;all&quot; of them"');
  expect(page).not.toContain('brand.css');
});

test.each([
  ['an accent', { accent: '#b3421d' }],
  ['a logo', { logo: logo(20) }],
])('%s comes by a style sheet, last in the head', (_what, own) => {
  expect(brandedIndex(index, { ...plain, ...own })).toMatch(
    /<link rel="stylesheet" href="\/brand\.css" \/>\s*<\/head>/,
  );
});

test('a page without the place to fill in is an error, not a page without a name', () => {
  expect(() => brandedIndex('<html></html>', { ...plain, name: 'Acme' })).toThrow(
    /no <title>Daypass<\/title>/,
  );
});

test.each([
  [20, 'mark'],
  [40, 'mark'],
  [41, 'word-mark'],
])('a logo of %i by 20 is a %s', (width, kind) => {
  expect(logoKind({ ...plain, logo: logo(width) })).toBe(kind);
});

test('the name is in the mail with a code, which is HTML', () => {
  const { Resources } = synth({ settings: { ...smallest, site: { name: 'Acme & Co' } } });
  const pool = Object.values(Resources).find(({ Type }) => Type === 'AWS::Cognito::UserPool');
  expect(pool?.Properties?.VerificationMessageTemplate).toMatchObject({
    EmailSubject: 'Your Acme & Co code',
    EmailMessage: expect.stringContaining('Your Acme &amp; Co code is {####}.'),
  });
});
