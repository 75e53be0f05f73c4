import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LoginDomain } from '../aws/cognito/federation/login-domain.ts';
import type { createOidcProvider, OidcAnswer } from '../oidc/oidc-provider.ts';
import type { createSamlProvider } from '../saml/saml-provider.ts';
import { isLoopbackHost } from './loopback-host.ts';

export const loginDomainPath = '/_local/login';
export const oidcPath = '/_local/oidc';
export const samlPath = '/_local/saml';

const ours = /^\/_local\/(?:login|(oidc|saml)\/([a-z0-9.-]+))(\/[^?]*)/;
const maxBodyBytes = 100_000;

/**
 * Where browsers meet Cognito's domain and the built-in providers. Pages of other sites lead here, as they do on AWS.
 * @returns a handler that answers true when the request was its own
 */
export function createLoginPages(deps: {
  loginDomain: LoginDomain;
  oidc: ReturnType<typeof createOidcProvider>;
  saml: ReturnType<typeof createSamlProvider>;
}) {
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const [, kind, host = '', path] = ours.exec(request.url ?? '') ?? [];
    if (path === undefined) return false;
    void answer(deps, request, kind, host, path)
      .catch((error: unknown): OidcAnswer => ({ status: 500, json: { error: String(error) } }))
      .then((result) => send(response, result));
    return true;
  };
}

async function answer(
  { loginDomain, oidc, saml }: Parameters<typeof createLoginPages>[0],
  request: IncomingMessage,
  kind: string | undefined,
  host: string,
  path: string,
): Promise<OidcAnswer> {
  if (!isLoopbackHost(request.headers.host)) return { status: 403, json: { error: 'use localhost' } };
  const { method = 'GET', headers } = request;
  const query = new URL(request.url ?? '', 'http://localhost').searchParams;
  const parameters = method === 'POST' ? new URLSearchParams(await readText(request)) : query;
  const common = { method, path, parameters, authorization: headers.authorization };
  if (kind === undefined) return loginDomain.handle(common);
  return kind === 'oidc' ? oidc.handle({ ...common, host }) : saml.handle({ ...common, host });
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBodyBytes) throw new Error('the form is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, result: OidcAnswer): void {
  const common = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' };
  if ('location' in result) {
    response.writeHead(302, { ...common, location: result.location });
    response.end();
    return;
  }
  if ('xml' in result) {
    response.writeHead(result.status, { ...common, 'content-type': 'application/samlmetadata+xml' });
    response.end(result.xml);
    return;
  }
  const isPage = 'html' in result;
  response.writeHead(result.status, {
    ...common,
    'content-type': isPage ? 'text/html; charset=utf-8' : 'application/json',
    ...(isPage && {
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    }),
  });
  response.end(isPage ? result.html : JSON.stringify(result.json));
}
