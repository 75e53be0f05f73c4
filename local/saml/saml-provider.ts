import { createHash, randomBytes } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { createSigningKeys } from '../aws/cognito/tokens/signing-keys.ts';
import type { Clock } from '../clock.ts';
import { asHtml, localPage, providerPage } from '../http/local-page.ts';
import type { OidcAnswer, OidcRequest } from '../oidc/oidc-provider.ts';
import type { Store } from '../state/store.ts';
import { type AssertionFault, faults, samlResponse } from './saml-response.ts';
import { selfSigned } from './self-signed.ts';

const dayMs = 86_400_000;
const certificateDays = 365;

/**
 * Plays every SAML provider whose metadata is at `https://….example/metadata`: names of that kind never exist.
 * @param deps.baseOf where a provider's endpoints are on this machine
 * @param deps.replyUrl the only one that it sends assertions to
 */
export function createSamlProvider(deps: {
  store: Store;
  clock: Clock;
  baseOf: (host: string) => string;
  replyUrl: () => string;
}) {
  const keys = createSigningKeys({ store: deps.store });
  const keyOf = (name: string) => {
    keys.ensure(name);
    const key = keys.find(name);
    if (key === undefined) throw new Error('the SAML provider has no key');
    return key;
  };

  function metadata(host: string): OidcAnswer {
    const from = deps.clock.now() - dayMs;
    const certificate = selfSigned(host, keyOf('saml'), { from, until: from + certificateDays * dayMs });
    return {
      status: 200,
      xml: `<?xml version="1.0"?>
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://${host}/metadata">
<md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
<md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>${certificate.toString('base64')}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>
<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="${deps.baseOf(host)}/sso"/>
</md:IDPSSODescriptor>
</md:EntityDescriptor>`,
    };
  }

  function form(host: string, parameters: URLSearchParams): OidcAnswer {
    return { status: 200, html: providerPage(host, 'sso', parameters, faults) };
  }

  function decide(host: string, parameters: URLSearchParams): OidcAnswer {
    const { id, replyUrl, audience } = readRequest(parameters.get('SAMLRequest') ?? '');
    if (replyUrl !== deps.replyUrl()) return notPossible('This reply URL is not registered.');
    const email = parameters.get('email') ?? '';
    const fault = (parameters.get('fault') ?? '') as AssertionFault;
    const { privateKey } = keyOf(fault === 'wrong-key' ? 'saml-other' : 'saml');
    const response = samlResponse(
      {
        issuer: `https://${host}/metadata`,
        audience,
        replyUrl,
        requestId: id,
        subject: createHash('sha256').update(`${host}\n${email.toLowerCase()}`).digest('base64url'),
        email,
        now: deps.clock.now(),
        newId: () => `_${randomBytes(16).toString('hex')}`,
        privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
      },
      fault,
    );
    const fields = {
      SAMLResponse: Buffer.from(response).toString('base64'),
      RelayState: parameters.get('RelayState') ?? '',
    };
    const hidden = Object.entries(fields).map(
      ([name, value]) => `<input type="hidden" name="${name}" value="${asHtml(value)}">`,
    );
    return {
      status: 200,
      html: localPage(
        `Logged in at ${host}`,
        `<form method="post" action="${asHtml(replyUrl)}">${hidden.join('')}<button type="submit">Continue</button></form>`,
      ),
    };
  }

  return {
    async handle({
      method,
      host,
      path,
      parameters,
    }: Omit<OidcRequest, 'authorization'>): Promise<OidcAnswer> {
      switch (`${method} ${path}`) {
        case 'GET /metadata':
          return metadata(host);
        case 'GET /sso':
          return form(host, parameters);
        case 'POST /sso':
          return decide(host, parameters);
        default:
          return { status: 404, json: { error: 'not_found' } };
      }
    },
  };
}

const notPossible = (why: string): OidcAnswer => ({
  status: 400,
  html: localPage('Not possible', `<p>${why}</p>`),
});

/** By the redirect binding. */
function readRequest(text: string): { id: string; replyUrl: string; audience: string } {
  const xml = inflateRawSync(Buffer.from(text, 'base64'), { maxOutputLength: 100_000 }).toString('utf8');
  const find = (pattern: RegExp) => pattern.exec(xml)?.[1] ?? '';
  return {
    id: find(/\sID="([^"]+)"/),
    replyUrl: find(/\sAssertionConsumerServiceURL="([^"]+)"/),
    audience: find(/<saml:Issuer[^>]*>([^<]+)</),
  };
}
