import { X509Certificate } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import type { Clock } from '../../../clock.ts';
import { asHtml as asXml } from '../../../http/local-page.ts';
import { newDomParser, newSignedXml, type XmlElement } from '../../../xml.ts';
import type { IdentityProvider } from './identity-providers.ts';
import { ProviderFault } from './oidc-client.ts';

export type SamlProvider = Extract<IdentityProvider, { ProviderType: 'SAML' }>;

interface Metadata {
  entityId: string;
  loginUrl: string;
  /** PEM. */
  certificates: string[];
}

/** What an answer must be for. */
export interface Expected {
  replyUrl: string;
  /** The service provider's entity id: `urn:amazon:cognito:sp:` and the pool's id. */
  audience: string;
  requestId: string;
}

/** `http://…/nameidentifier` is by what Cognito's mappings name the subject. */
const subjectClaim = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier';
const namespaces = {
  protocol: 'urn:oasis:names:tc:SAML:2.0:protocol',
  assertion: 'urn:oasis:names:tc:SAML:2.0:assertion',
  metadata: 'urn:oasis:names:tc:SAML:2.0:metadata',
  signature: 'http://www.w3.org/2000/09/xmldsig#',
};
const redirectBinding = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect';
const patienceMs = 10_000;

/** Cognito's side of SAML 2.0: requests by redirect, answers by POST, with a signed assertion. */
export function createSamlClient(deps: {
  clock: Clock;
  /** Where the built-in provider plays this one's metadata; undefined: ask it itself. */
  playedAt(metadataUrl: string): string | undefined;
}) {
  async function metadataOf({ ProviderDetails }: SamlProvider): Promise<Metadata> {
    const { MetadataURL = '', MetadataFile } = ProviderDetails;
    return readMetadata(MetadataFile ?? (await askText(deps.playedAt(MetadataURL) ?? MetadataURL)));
  }

  return {
    async requestUrl(provider: SamlProvider, expected: Expected, relayState: string): Promise<string> {
      const { loginUrl } = await metadataOf(provider);
      const xml = `<samlp:AuthnRequest xmlns:samlp="${namespaces.protocol}" xmlns:saml="${namespaces.assertion}" ID="${expected.requestId}" Version="2.0" IssueInstant="${new Date(deps.clock.now()).toISOString()}" Destination="${asXml(loginUrl)}" AssertionConsumerServiceURL="${asXml(expected.replyUrl)}" ProtocolBinding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"><saml:Issuer>${asXml(expected.audience)}</saml:Issuer></samlp:AuthnRequest>`;
      const url = new URL(loginUrl);
      url.searchParams.set('SAMLRequest', deflateRawSync(xml).toString('base64'));
      url.searchParams.set('RelayState', relayState);
      return url.href;
    },

    /** @throws ProviderFault @returns the subject as `sub`, and the attributes by name */
    async claimsOf(provider: SamlProvider, expected: Expected, answer: string) {
      const metadata = await metadataOf(provider);
      const xml = Buffer.from(answer, 'base64').toString('utf8');
      const assertion = signedAssertion(xml, metadata, expected);
      requireValid(assertion, metadata, expected, deps.clock.now());
      const sub = textOf(all(assertion, 'assertion', 'NameID')[0]);
      if (sub === '') throw new ProviderFault('the assertion has no subject');
      const attributes = all(assertion, 'assertion', 'Attribute').map((attribute) => [
        attribute.getAttribute('Name') ?? '',
        textOf(all(attribute, 'assertion', 'AttributeValue')[0]),
      ]);
      return { ...Object.fromEntries(attributes), [subjectClaim]: sub, sub } as Record<string, unknown> & {
        sub: string;
      };
    },
  };
}

/**
 * What the provider has signed, and nothing else of the answer: whatever surrounds it, or was put in its place, isn't read.
 * @throws ProviderFault
 */
function signedAssertion(xml: string, metadata: Metadata, expected: Expected): XmlElement {
  const root = parse(xml);
  if (root.localName !== 'Response' || root.namespaceURI !== namespaces.protocol) {
    throw new ProviderFault('not a SAML response');
  }
  const status = all(root, 'protocol', 'StatusCode')[0]?.getAttribute('Value') ?? '';
  if (!status.endsWith(':status:Success')) throw new ProviderFault(`status ${status}`);
  if (root.getAttribute('Destination') !== expected.replyUrl) throw new ProviderFault('wrong destination');
  if (root.getAttribute('InResponseTo') !== expected.requestId) throw new ProviderFault('wrong InResponseTo');
  const [assertion, second] = all(root, 'assertion', 'Assertion');
  if (assertion?.parentNode !== root || second !== undefined) {
    throw new ProviderFault('there must be one assertion, in the response itself');
  }
  const signature = all(assertion, 'signature', 'Signature').find((one) => one.parentNode === assertion);
  if (signature === undefined) throw new ProviderFault('the assertion is not signed');
  for (const publicCert of metadata.certificates) {
    // Never by a key that the answer brings along.
    const check = newSignedXml({ publicCert, getCertFromKeyInfo: () => null });
    check.loadSignature(signature);
    if (!isSigned(() => check.checkSignature(xml))) continue;
    const [signed, more] = check.getSignedReferences();
    const read = signed === undefined || more !== undefined ? undefined : parse(signed);
    if (read?.localName === 'Assertion' && read.getAttribute('ID') === assertion.getAttribute('ID'))
      return read;
  }
  throw new ProviderFault('the signature is wrong');
}

function isSigned(check: () => boolean): boolean {
  try {
    return check();
  } catch {
    return false;
  }
}

/** @throws ProviderFault */
function requireValid(assertion: XmlElement, { entityId }: Metadata, expected: Expected, now: number): void {
  const issuer = all(assertion, 'assertion', 'Issuer').find((one) => one.parentNode === assertion);
  if (textOf(issuer) !== entityId) throw new ProviderFault('wrong issuer');
  const [conditions] = all(assertion, 'assertion', 'Conditions');
  const [confirmed] = all(assertion, 'assertion', 'SubjectConfirmationData');
  if (conditions === undefined || confirmed === undefined) throw new ProviderFault('there are no conditions');
  const time = (element: XmlElement, name: string) => Date.parse(element.getAttribute(name) ?? '');
  if (conditions.hasAttribute('NotBefore') && !(time(conditions, 'NotBefore') <= now)) {
    throw new ProviderFault('the assertion is not valid yet');
  }
  if (!(now < time(conditions, 'NotOnOrAfter')) || !(now < time(confirmed, 'NotOnOrAfter'))) {
    throw new ProviderFault('the assertion is expired');
  }
  const audiences = all(conditions, 'assertion', 'Audience').map(textOf);
  if (!audiences.includes(expected.audience)) throw new ProviderFault('wrong audience');
  if (confirmed.getAttribute('Recipient') !== expected.replyUrl) throw new ProviderFault('wrong recipient');
  if (confirmed.getAttribute('InResponseTo') !== expected.requestId) {
    throw new ProviderFault('wrong InResponseTo of the subject');
  }
}

function readMetadata(xml: string): Metadata {
  const root = parse(xml);
  const login = all(root, 'metadata', 'SingleSignOnService').find(
    (one) => one.getAttribute('Binding') === redirectBinding,
  );
  const certificates = all(root, 'metadata', 'KeyDescriptor')
    .filter((one) => one.getAttribute('use') !== 'encryption')
    .flatMap((one) => all(one, 'signature', 'X509Certificate'))
    .map((one) => new X509Certificate(Buffer.from(textOf(one), 'base64')).toString());
  const entityId = root.getAttribute('entityID') ?? '';
  const loginUrl = login?.getAttribute('Location') ?? '';
  if (entityId === '' || loginUrl === '' || certificates.length === 0) {
    throw new ProviderFault('the metadata is incomplete');
  }
  return { entityId, loginUrl, certificates };
}

/** @throws ProviderFault */
function parse(xml: string): XmlElement {
  if (/<!DOCTYPE/i.test(xml)) throw new ProviderFault('the XML has a document type');
  const refuse = () => {
    throw new ProviderFault('the XML is malformed');
  };
  const errorHandler = { warning: refuse, error: refuse, fatalError: refuse };
  const { documentElement } = newDomParser(errorHandler).parseFromString(xml, 'text/xml') ?? {};
  return documentElement ?? refuse();
}

function all(within: XmlElement, namespace: keyof typeof namespaces, name: string): XmlElement[] {
  return Array.from(within.getElementsByTagNameNS(namespaces[namespace], name));
}

const textOf = (element: XmlElement | undefined) => element?.textContent?.trim() ?? '';

async function askText(url: string): Promise<string> {
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(patienceMs) });
  if (!response.ok) throw new ProviderFault(`metadata: status ${response.status}`);
  return response.text();
}
