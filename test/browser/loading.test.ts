import type { Page, Request } from 'playwright-core';
import { addPerson, createKey } from '../e2e/client.ts';
import { screen } from './account-pages.ts';
import type { ConsolePage } from './console-page.ts';
import { consoleUnderTest } from './console-under-test.ts';
import { eventually } from './eventually.ts';
import { savesData } from './saves-data.ts';
import { signIn } from './sign-in.ts';

const site = consoleUnderTest();

async function visitor(): Promise<ConsolePage> {
  const person = await addPerson(site.runtime());
  await createKey(site.runtime(), person.token, { name: 'My laptop' });
  const opened = await site.openAlone();
  await signIn(opened, person);
  return opened;
}

/** Paths of all that the page asks for, in order. */
function asked(page: Page): string[] {
  const paths: string[] = [];
  page.on('request', (request: Request) => paths.push(new URL(request.url()).pathname));
  return paths;
}

const filesOf = (page: Page, path: string): Promise<string[]> =>
  page.evaluate((wanted) => [...(window.daypassFilesOf?.(wanted) ?? [])], path);

/** The files of a screen that the present one doesn't have. */
async function filesBeyond(page: Page, path: string): Promise<string[]> {
  const own = await filesOf(page, new URL(page.url()).pathname);
  return (await filesOf(page, path)).filter((file) => !own.includes(file));
}

test('a screen’s files are asked for before the console itself has run', async () => {
  const { page } = await visitor();
  const paths = asked(page);
  await page.route(/\/assets\/index-[^/]*\.js$/, () => {});
  await page.goto('/keys', { waitUntil: 'commit' });
  await page.waitForFunction(() => window.daypassFilesOf !== undefined);
  const files = await filesOf(page, '/keys');
  expect(files.length).toBeGreaterThan(2);
  await eventually(async () => expect(paths).toEqual(expect.arrayContaining([...files, '/config.json'])));
  expect(paths).not.toContain('/v1/session/refresh');
  await page.unrouteAll({ behavior: 'ignoreErrors' });
});

test('nothing of it is loaded twice, and nothing of another screen before this one has its data', async () => {
  const { page } = await visitor();
  const paths = asked(page);
  const held = Promise.withResolvers<void>();
  await page.route('**/v1/api-keys*', async (route) => {
    await held.promise;
    await route.continue();
  });
  await page.goto('/keys');
  await screen(page, 'API keys').waitFor();
  const [file = ''] = await filesBeyond(page, '/usage');
  expect(file).toMatch(/^\/assets\//);
  // Time for it, of which nothing else needs any.
  await page.evaluate(() => new Promise((done) => requestIdleCallback(done)));
  expect(paths).not.toContain(file);
  held.resolve();
  await eventually(async () => expect(paths).toContain(file));
  const scripts = paths.slice(0, paths.indexOf(file)).filter((path) => path.endsWith('.js'));
  expect(scripts).toEqual([...new Set(scripts)]);
  await page.unrouteAll({ behavior: 'ignoreErrors' });
});

test('a link under the pointer is asked for at once, though nothing else is on a slow connection', async () => {
  const { page } = await visitor();
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'connection', { value: { effectiveType: '3g' } });
  });
  const paths = asked(page);
  await page.goto('/keys');
  await screen(page, 'API keys').waitFor();
  await page.getByRole('link', { name: 'Usage' }).hover();
  const files = await filesBeyond(page, '/usage');
  await eventually(async () => expect(paths).toEqual(expect.arrayContaining(files)));
  const others = (await filesBeyond(page, '/playground')).filter((file) => !files.includes(file));
  expect(paths.filter((path) => others.includes(path))).toEqual([]);
});

test('where data is to be saved, only what is opened is loaded', async () => {
  const { page } = await visitor();
  await savesData(page);
  const paths = asked(page);
  await page.goto('/keys');
  await screen(page, 'API keys').waitFor();
  const files = await filesBeyond(page, '/usage');
  await page.getByRole('link', { name: 'Usage' }).hover();
  await page.evaluate(() => new Promise((done) => requestIdleCallback(done)));
  expect(paths.filter((path) => files.includes(path))).toEqual([]);
  await page.getByRole('link', { name: 'Usage' }).click();
  await screen(page, 'Usage').waitFor();
  expect(paths).toEqual(expect.arrayContaining(files));
});

test('a screen that was never opened opens offline', async () => {
  const { page, goOffline, goOnline } = await visitor();
  const paths = asked(page);
  await page.goto('/keys');
  await screen(page, 'API keys').waitFor();
  const files = await filesBeyond(page, '/settings');
  await eventually(async () => expect(paths).toEqual(expect.arrayContaining(files)));
  await goOffline();
  await page.getByRole('link', { name: 'Settings' }).click();
  await screen(page, 'Settings').waitFor();
  await goOnline();
});
