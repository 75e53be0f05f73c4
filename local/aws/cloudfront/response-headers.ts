import type { CorsConfiguration, ResponseHeadersPolicy } from './distribution/response-headers-policy.ts';
import { append, type HeaderMap, joined } from './header-map.ts';

/** The response's headers after a policy, which first removes and then adds. */
export function withResponseHeaders(
  response: HeaderMap,
  policy: ResponseHeadersPolicy,
  request: { method: string; headers: HeaderMap },
): HeaderMap {
  const headers = new Map(response);
  for (const name of policy.removed) headers.delete(name);
  for (const { name, value, override } of policy.added)
    if (override || !headers.has(name)) headers.set(name, [value]);
  const origin = joined(request.headers, 'origin');
  if (policy.cors !== undefined && origin !== undefined)
    addCors(headers, policy.cors, origin, isPreflight(request));
  return headers;
}

const corsHeaders = [
  'access-control-allow-origin',
  'access-control-allow-credentials',
  'access-control-allow-headers',
  'access-control-allow-methods',
  'access-control-expose-headers',
  'access-control-max-age',
];

/** Without override one CORS header from the origin is enough for CloudFront to add none. */
function addCors(headers: HeaderMap, cors: CorsConfiguration, origin: string, preflight: boolean): void {
  if (!cors.OriginOverride && corsHeaders.some((name) => headers.has(name))) return;
  const allowed = cors.AccessControlAllowOrigins.Items;
  const any = allowed.includes('*');
  if (!any && !allowed.some((pattern) => matchesOrigin(pattern, origin))) return;

  for (const name of corsHeaders) headers.delete(name);
  headers.set('access-control-allow-origin', [any ? '*' : origin]);
  if (!any) append(headers, 'vary', 'Origin');
  if (cors.AccessControlAllowCredentials) headers.set('access-control-allow-credentials', ['true']);
  const exposed = cors.AccessControlExposeHeaders?.Items ?? [];
  if (exposed.length > 0) headers.set('access-control-expose-headers', [exposed.join(', ')]);
  if (!preflight) return;
  headers.set('access-control-allow-headers', [cors.AccessControlAllowHeaders.Items.join(', ')]);
  headers.set('access-control-allow-methods', [methods(cors).join(', ')]);
  if (cors.AccessControlMaxAgeSec !== undefined)
    headers.set('access-control-max-age', [String(cors.AccessControlMaxAgeSec)]);
}

function methods({ AccessControlAllowMethods }: CorsConfiguration): readonly string[] {
  const { Items } = AccessControlAllowMethods;
  return Items.includes('ALL') ? ['GET', 'HEAD', 'PUT', 'POST', 'PATCH', 'DELETE', 'OPTIONS'] : Items;
}

/** `example.com`, `*.example.com`, `https://example.com`, each with or without a port. */
function matchesOrigin(pattern: string, origin: string): boolean {
  const source = pattern
    .split('*')
    .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('[^/]*');
  return new RegExp(pattern.includes('://') ? `^${source}$` : `^https?://${source}$`, 'i').test(origin);
}

function isPreflight({ method, headers }: { method: string; headers: HeaderMap }): boolean {
  return method === 'OPTIONS' && headers.has('access-control-request-method');
}
