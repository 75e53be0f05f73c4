import type { ConsolePage } from './console-page.ts';

/** Their names are known only once they are asked for. */
export function letScriptsFail({ page, expectFailure }: Pick<ConsolePage, 'page' | 'expectFailure'>): void {
  page.on('requestfailed', (request) => {
    const { pathname } = new URL(request.url());
    if (/^\/assets\/.*\.js$/.test(pathname)) expectFailure(`GET ${pathname}`, 'no answer');
  });
}
