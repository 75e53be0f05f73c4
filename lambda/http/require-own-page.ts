import { sessionHeader } from '../../core/contract/sessions.ts';
import { DaypassError } from '../../core/errors.ts';
import type { ApiRequest } from './api-request.ts';

type Headers = ApiRequest['headers'];

/**
 * Browsers say by `Sec-Fetch-Site` where a call comes from, and no page can change it. Callers that are no
 * browsers leave it out; they hold no cookie that was not given to themselves.
 * @throws DaypassError `cross_site_request`
 */
export function requireOwnPage(headers: Headers): void {
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') return;
  throw new DaypassError('cross_site_request', 'Only pages of this very origin may make this call.');
}

/** @throws DaypassError `cross_site_request` unless the page sends the header that none of another origin may send */
export function requireSessionHeader(headers: Headers): void {
  if (headers[sessionHeader.name] === sessionHeader.value) return;
  throw new DaypassError(
    'cross_site_request',
    `Send the header ${sessionHeader.name}: ${sessionHeader.value}.`,
    { param: sessionHeader.name },
  );
}
