import type { ConsolePage } from './console-page.ts';

/** Every font is fetched first: what another width would want is no matter of the connection. */
export async function goOffline({ page, context }: Pick<ConsolePage, 'page' | 'context'>): Promise<void> {
  await page.evaluate(() =>
    Promise.all([...document.fonts].map((face) => face.load())).then(() => undefined),
  );
  await context.setOffline(true);
  await page.getByText('You are offline.').waitFor();
}
