import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { readSettings } from '../../../lib/settings.ts';
import { mistakesOf, readFile, smallest } from '../settings-file.ts';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'daypass-site-'));
});

afterEach(() => rmSync(directory, { recursive: true }));

/** @param files of the folder beside the settings, by path */
function read(files: Record<string, string | Uint8Array>, site: unknown = undefined) {
  const settings = join(directory, 'daypass.yml');
  writeFileSync(settings, stringify({ ...smallest, ...(site !== undefined && { site }) }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, 'site', path)), { recursive: true });
    writeFileSync(join(directory, 'site', path), content);
  }
  return readSettings(settings).site;
}

function mistakes(files: Record<string, string | Uint8Array>): string[] {
  try {
    read(files);
  } catch (error) {
    const [, ...lines] = (error as Error).message.split('\n');
    return lines.map((line) => line.trim());
  }
  return [];
}

const logo = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path d="M0 0h32v32z"/></svg>';

test('without section and folder, the service is Daypass', () => {
  expect(readFile(smallest).site).toEqual({ name: 'Daypass', links: [], pages: [], mails: {} });
});

test('reads section and folder', () => {
  const site = read(
    {
      'logo.svg': logo,
      'logo-dark.svg': logo,
      'favicon.svg': logo,
      '.DS_Store': 'whatever a system hides',
      'pages/terms.md': '\n# Terms of use\r\n\r\nBe kind.\r\n',
      'pages/contact.md': '# Contact',
      'mails/code.txt': 'Subject: Your {name} code\r\n\r\nIt is {code}.\r\n\r\nBye.',
    },
    {
      name: ' Acme AI ',
      accent: '#B3421D',
      links: [{ label: 'Status', url: 'https://status.acme.com' }],
      feedback: 'off',
    },
  );
  expect(site).toMatchObject({
    name: 'Acme AI',
    accent: '#b3421d',
    feedback: 'off',
    logo: { width: 32 },
    logoDark: { width: 32 },
    favicon: { width: 32 },
    pages: [
      { name: 'contact', title: 'Contact', text: '' },
      { name: 'terms', title: 'Terms of use', text: 'Be kind.' },
    ],
    mails: { code: { subject: 'Your {name} code', text: 'It is {code}.\n\nBye.\n' } },
  });
});

test.each([
  ['an unknown field', { colour: 'red' }, 'site.colour is not a setting: remove it or check its spelling'],
  [
    'a colour by name',
    { accent: 'red' },
    "site.accent is 'red': must be a colour of six hexadecimal digits, such as #2d54c4",
  ],
  [
    'a colour that can’t be read',
    { accent: '#ffd400' },
    /^site\.accent is '#ffd400': must reach a contrast of 4\.5:1 with the light theme/,
  ],
  [
    'a dark colour that can’t be read',
    { accent: '#111111', accentDark: '#111111' },
    /^site\.accentDark is '#111111': must reach .+ the dark theme/,
  ],
  [
    'a dark colour alone',
    { accentDark: '#93adff' },
    "site.accentDark is '#93adff': must be left out without accent",
  ],
  ['markup as name', { name: '<b>Acme</b>' }, "site.name is '<b>Acme</b>': must not hold <, >, { or }"],
  [
    'a placeholder as name',
    { name: 'Acme {####}' },
    "site.name is 'Acme {####}': must not hold <, >, { or }",
  ],
  ['a control character in the name', { name: 'Acme\tAI' }, /^site\.name is .+: must be one line of text$/],
  [
    'a link that runs',
    { links: [{ label: 'Help', url: 'javascript:alert(1)' }] },
    "site.links[0].url is 'javascript:alert(1)': must begin with https:// or mailto:",
  ],
  [
    'no address for feedback',
    { feedback: 'ops' },
    "site.feedback is 'ops': must be an e-mail address, or 'off'",
  ],
])('refuses %s', (_what, site, line) => {
  const found = mistakesOf({ ...smallest, site });
  expect(found).toEqual([typeof line === 'string' ? line : expect.stringMatching(line)]);
});

test.each<[string, Record<string, string | Uint8Array>, string]>([
  [
    'a file it doesn’t know',
    { 'logo.png': 'x' },
    'site/logo.png must not be there: the folder takes logo.svg, logo-dark.svg, favicon.svg, pages and mails',
  ],
  [
    'a picture that runs',
    { 'logo.svg': logo.replace('<path', '<path onload="x"') },
    'site/logo.svg must not have onload: a picture runs nothing',
  ],
  [
    'a picture that is too big',
    { 'logo.svg': logo + ' '.repeat(70_000) },
    `site/logo.svg must have at most 65536 bytes, and has ${logo.length + 70_000}`,
  ],
  ['a dark logo alone', { 'logo-dark.svg': logo }, 'site/logo-dark.svg must not be there without logo.svg'],
  [
    'a page without a title',
    { 'pages/terms.md': 'Be kind.' },
    'site/pages/terms.md must begin with its title, a line such as "# Terms of use" of at most 60 characters',
  ],
  [
    'a page whose title is taken',
    { 'pages/a.md': '# Help', 'pages/b.md': '# Help' },
    "site/pages/b.md must have a title of its own: pages/a.md has 'Help' too",
  ],
  [
    'a page with no name for an address',
    { 'pages/Our Terms.md': '# Terms' },
    'site/pages/Our Terms.md must be named in lower-case letters, digits and hyphens, at most 40, and end in .md',
  ],
  [
    'a page that is no text',
    { 'pages/terms.md': new Uint8Array([0xff, 0xfe]) },
    'site/pages/terms.md must be text in UTF-8',
  ],
  [
    'a page that is too big',
    { 'pages/terms.md': `# Terms\n${'x'.repeat(140_000)}` },
    'site/pages/terms.md must have at most 131072 bytes, and has 140008',
  ],
  [
    'a mail that isn’t sent',
    { 'mails/welcome.txt': 'x' },
    expect.stringMatching(/^site\/mails\/welcome\.txt must be named after a mail: code\.txt, approved\.txt/),
  ],
  [
    'a mail without its placeholder',
    { 'mails/code.txt': 'Subject: {code}\n\nHello' },
    'site/mails/code.txt must have {code} in its text',
  ],
  [
    'a mail with another placeholder',
    { 'mails/code.txt': 'Subject: Hi\n\n{code} {email}' },
    'site/mails/code.txt must not have {email}: it may have {name}, {code}',
  ],
  [
    'a mail with Cognito’s placeholder',
    { 'mails/code.txt': 'Subject: Hi\n\n{code} {####}' },
    'site/mails/code.txt must not have {####}: it may have {name}, {code}',
  ],
  [
    'a mail without a subject',
    { 'mails/code.txt': 'Your code is {code}' },
    'site/mails/code.txt must begin with a line "Subject: …" and an empty one, before the text',
  ],
])('refuses %s', (_what, files, line) => {
  expect(mistakes(files)).toEqual([line]);
});

test('names the mistakes of both together', () => {
  expect(() => read({ 'logo.png': 'x' }, { accent: 'red' })).toThrow(
    /has 2 mistakes:\n {2}site\.accent.+\n {2}site\/logo\.png/,
  );
});
