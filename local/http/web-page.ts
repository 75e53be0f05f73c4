import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a web page sent this. Browsers say so by two headers that no page can take away: `Origin`, with everything
 * but plain GETs, and `Sec-Fetch-Site`, with all. SDKs, the AWS CLI and curl send neither; `none` is an address that a
 * person typed.
 */
export function isFromPage(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site'];
  return headers.origin !== undefined || (site !== undefined && site !== 'none');
}

/** Whether it was a page of another origin. Another port of this machine is another origin. */
export function isFromOtherOrigin({ origin, host, 'sec-fetch-site': site }: IncomingHttpHeaders): boolean {
  if (origin !== undefined && origin !== `http://${host}`) return true;
  return site !== undefined && site !== 'none' && site !== 'same-origin';
}
