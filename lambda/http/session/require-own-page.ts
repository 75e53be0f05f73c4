import { sessionHeader } from '../../../core/contract/accounts/sessions.ts';
import { DaypassError } from '../../../core/errors.ts';
import type { ApiRequest } from '../api-request.ts';

type Headers = ApiRequest['headers'];

/**
 * Browsers send `Sec-Fetch-Site`, which no page can change. Other callers omit it, and have no cookies but their own.
 * @throws DaypassError `cross_site_request`
 */
export function requireOwnPage(headers: Headers): void {
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') return;
  throw new DaypassError('cross_site_request', 'Only pages of this origin may make this call.');
}

/** @throws DaypassError `cross_site_request` without the header that pages of other origins may not send */
export function requireSessionHeader(headers: Headers): void {
  if (headers[sessionHeader.name] === sessionHeader.value) return;
  throw new DaypassError(
    'cross_site_request',
    `Send the header ${sessionHeader.name}: ${sessionHeader.value}.`,
    { param: sessionHeader.name },
  );
}
