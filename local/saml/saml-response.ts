import { asHtml as asXml } from '../http/local-page.ts';
import { newSignedXml } from '../xml.ts';

/** What the provider's page lets go wrong. */
export const faults = {
  '': 'Nothing goes wrong',
  denied: 'The user refuses',
  unsigned: 'The assertion is not signed',
  'wrong-key': 'The assertion is signed with another key',
  tampered: 'The address is changed after the signature',
  expired: 'The assertion has expired',
  early: 'The assertion is not valid yet',
  'wrong-audience': 'The assertion is for another audience',
  'wrong-destination': 'The answer is for another address',
  'wrong-recipient': 'The assertion is for another address',
  'wrong-request': 'The answer is to another request',
  'wrong-issuer': 'The assertion is of another provider',
  'two-assertions': 'A second, unsigned assertion comes first',
  wrapped: 'The signed assertion is moved aside, and an unsigned one takes its place',
  'no-email': 'There is no address in the assertion',
} as const;
export type AssertionFault = keyof typeof faults;

export interface SamlLogin {
  issuer: string;
  audience: string;
  replyUrl: string;
  requestId: string;
  subject: string;
  email: string;
  now: number;
  newId(): string;
  /** PEM. */
  privateKey: string;
}

const assertionSeconds = 300;
const emailClaim = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress';
const persistent = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent';

/** The answer to a request, with a signed assertion, as an XML document. */
export function samlResponse(login: SamlLogin, fault: AssertionFault): string {
  if (fault === 'denied') return responseOf(login, fault, '', 'Responder');
  const genuine = assertionOf(login, fault);
  if (fault === 'unsigned') return responseOf(login, fault, genuine);
  const signed = signAssertion(responseOf(login, fault, genuine), login.privateKey);
  const forged = assertionOf({ ...login, email: `eve+${login.email}`, subject: 'eve' }, fault);
  switch (fault) {
    case 'tampered':
      return signed.replace(asXml(login.email), asXml(`eve+${login.email}`));
    case 'two-assertions':
      return signed.replace('<saml:Assertion', `${forged}<saml:Assertion`);
    case 'wrapped': {
      const [moved = ''] = /<saml:Assertion[\s\S]*<\/saml:Assertion>/.exec(signed) ?? [];
      const aside = `<samlp:Extensions>${moved}</samlp:Extensions>`;
      return signed.replace(moved, forged).replace('<samlp:Status>', `${aside}<samlp:Status>`);
    }
    default:
      return signed;
  }
}

function responseOf(
  { issuer, replyUrl, requestId, now, newId }: SamlLogin,
  fault: AssertionFault,
  assertion: string,
  status = 'Success',
): string {
  const destination = fault === 'wrong-destination' ? 'https://other.example/saml2/idpresponse' : replyUrl;
  const answered = fault === 'wrong-request' ? newId() : requestId;
  return `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${newId()}" Version="2.0" IssueInstant="${iso(now)}" Destination="${asXml(destination)}" InResponseTo="${asXml(answered)}"><saml:Issuer>${asXml(issuer)}</saml:Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:${status}"/></samlp:Status>${assertion}</samlp:Response>`;
}

function assertionOf(login: SamlLogin, fault: AssertionFault): string {
  const { audience, email, subject, now, newId } = login;
  const issuer = fault === 'wrong-issuer' ? 'https://other.example/metadata' : login.issuer;
  const from = fault === 'early' ? now + 3_600_000 : now - 60_000;
  const until = fault === 'expired' ? now - 1000 : Math.max(from, now) + assertionSeconds * 1000;
  const recipient = fault === 'wrong-recipient' ? 'https://other.example/saml2/idpresponse' : login.replyUrl;
  const forWhom = fault === 'wrong-audience' ? 'urn:amazon:cognito:sp:us-east-1_other' : audience;
  const attributes =
    fault === 'no-email'
      ? ''
      : `<saml:AttributeStatement><saml:Attribute Name="${emailClaim}"><saml:AttributeValue>${asXml(email)}</saml:AttributeValue></saml:Attribute></saml:AttributeStatement>`;
  return `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${newId()}" Version="2.0" IssueInstant="${iso(now)}"><saml:Issuer>${asXml(issuer)}</saml:Issuer><saml:Subject><saml:NameID Format="${persistent}">${asXml(subject)}</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData InResponseTo="${asXml(login.requestId)}" NotOnOrAfter="${iso(until)}" Recipient="${asXml(recipient)}"/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="${iso(from)}" NotOnOrAfter="${iso(until)}"><saml:AudienceRestriction><saml:Audience>${asXml(forWhom)}</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="${iso(now)}"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>${attributes}</saml:Assertion>`;
}

const iso = (time: number) => new Date(time).toISOString();

function signAssertion(xml: string, privateKey: string): string {
  const assertion = "//*[local-name(.)='Assertion']";
  const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#';
  const signature = newSignedXml({
    privateKey,
    signatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    canonicalizationAlgorithm: exclusive,
  });
  signature.addReference({
    xpath: assertion,
    transforms: ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', exclusive],
    digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha256',
  });
  signature.computeSignature(xml, {
    prefix: 'ds',
    location: { reference: `${assertion}/*[local-name(.)='Issuer']`, action: 'after' },
  });
  return signature.getSignedXml();
}
