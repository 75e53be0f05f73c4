import { randomBytes } from 'node:crypto';
import { createSamlClient, type SamlProvider } from '../../../../local/aws/cognito/federation/saml-client.ts';
import { createSamlProvider } from '../../../../local/saml/saml-provider.ts';
import { openStore } from '../../../../local/state/store.ts';

const replyUrl = 'https://login.example/saml2/idpresponse';
const host = 'idp.corp.example';
let now = Date.parse('2026-11-22T10:00:00Z');
const clock = { now: () => now };
const idp = createSamlProvider({
  store: openStore(':memory:'),
  clock,
  baseOf: (name) => `https://${name}`,
  replyUrl: () => replyUrl,
});
const client = createSamlClient({ clock, playedAt: () => undefined });
let provider: SamlProvider;

beforeAll(async () => {
  const request = { method: 'GET', host, path: '/metadata', parameters: new URLSearchParams() };
  const metadata = await idp.handle(request);
  provider = {
    ProviderType: 'SAML',
    ProviderName: 'corp',
    UserPoolId: 'pool',
    ProviderDetails: { MetadataFile: 'xml' in metadata ? metadata.xml : '' },
    AttributeMapping: {},
  };
});

/** What the provider answers to a request of the pool's. */
async function answered(fault: string) {
  const expected = {
    replyUrl,
    audience: 'urn:amazon:cognito:sp:us-east-1_abc',
    requestId: `_${randomBytes(8).toString('hex')}`,
  };
  const url = new URL(await client.requestUrl(provider, expected, 'relay'));
  const parameters = new URLSearchParams([
    ...url.searchParams,
    ['email', 'ada@corp.example'],
    ['fault', fault],
  ]);
  const page = await idp.handle({ method: 'POST', host, path: '/sso', parameters });
  const [, answer = ''] = /name="SAMLResponse" value="([^"]*)"/.exec('html' in page ? page.html : '') ?? [];
  return { expected, answer };
}

test('a signed assertion names its subject and the attributes', async () => {
  const { expected, answer } = await answered('');
  expect(await client.claimsOf(provider, expected, answer)).toMatchObject({
    sub: expect.stringMatching(/^[\w-]{43}$/),
    'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress': 'ada@corp.example',
  });
});

test.each([
  ['denied', 'status'],
  ['unsigned', 'not signed'],
  ['wrong-key', 'signature is wrong'],
  ['tampered', 'signature is wrong'],
  ['expired', 'expired'],
  ['early', 'not valid yet'],
  ['wrong-audience', 'audience'],
  ['wrong-destination', 'destination'],
  ['wrong-recipient', 'recipient'],
  ['wrong-request', 'InResponseTo'],
  ['wrong-issuer', 'issuer'],
  ['two-assertions', 'one assertion'],
  ['wrapped', 'one assertion'],
])('one with the fault %s is refused', async (fault, reason) => {
  const { expected, answer } = await answered(fault);
  await expect(client.claimsOf(provider, expected, answer)).rejects.toThrow(reason);
});

test('the signature must be of the assertion itself, at its place', async () => {
  const { expected, answer } = await answered('');
  const xml = Buffer.from(answer, 'base64').toString('utf8');
  const [signature = ''] = /<ds:Signature[\s\S]*<\/ds:Signature>/.exec(xml) ?? [];
  const refused = async (changed: string, reason: string) => {
    const text = Buffer.from(changed).toString('base64');
    await expect(client.claimsOf(provider, expected, text)).rejects.toThrow(reason);
  };
  const moved = xml.replace(signature, '').replace('<samlp:Status>', `${signature}<samlp:Status>`);
  await refused(moved, 'not signed');
  await refused(
    xml.replace(/ ID="(_\w+)"/, ' ID="_other"').replace(/URI="#_\w+"/, 'URI="#_other"'),
    'signature is wrong',
  );
  await refused(
    xml
      .replace('<saml:Subject>', '<saml:Subject><!-- c -->')
      .replace(/NotOnOrAfter="20\d\d/g, 'NotOnOrAfter="2099'),
    'signature is wrong',
  );
  await refused(`<!DOCTYPE a [<!ENTITY b "c">]>${xml}`, 'document type');
  await refused(xml.slice(0, -20), 'malformed');
  await refused('', 'malformed');
});

test('an answer ends with its assertion', async () => {
  const { expected, answer } = await answered('');
  now += 301_000;
  await expect(client.claimsOf(provider, expected, answer)).rejects.toThrow('expired');
});
