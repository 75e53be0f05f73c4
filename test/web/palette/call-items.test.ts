import { hasSection, type RouteSettings } from '../../../core/contract/openapi/deployed-routes.ts';
import { openApiDocument } from '../../../core/contract/openapi/openapi-document.ts';
import { callItems } from '../../../web/palette/call-items.ts';
import type { OpenApiDocument } from '../../../web/screens/reference/openapi.ts';
import { operationsOf } from '../../../web/screens/reference/operations.ts';

const plain: RouteSettings = {
  billing: false,
  logIn: { providers: [], authenticator: 'off', passkeys: 'off' },
};
const { logIn } = plain;

/** What the reference lists of the document that such a deployment serves. */
function listed(settings: RouteSettings): string[] {
  const document = openApiDocument({ has: (section) => hasSection(section, settings) });
  return operationsOf(document as unknown as OpenApiDocument)
    .filter(({ isInternal }) => !isInternal)
    .map(({ id }) => id);
}

const found = (settings: RouteSettings) =>
  callItems(settings, () => () => {}).map(({ id }) => id.replace('call ', ''));

test.each<[string, RouteSettings]>([
  ['nothing optional', plain],
  ['billing', { ...plain, billing: true }],
  ['providers', { ...plain, logIn: { ...logIn, providers: [{}] } }],
  ['authenticator apps', { ...plain, logIn: { ...logIn, authenticator: 'on' } }],
  ['passkeys', { ...plain, logIn: { ...logIn, passkeys: 'on' } }],
  ['all of these', { billing: true, logIn: { providers: [{}], authenticator: 'on', passkeys: 'on' } }],
])('with %s, it finds the calls that the reference lists', (_name, settings) => {
  expect(found(settings).toSorted()).toEqual(listed(settings).toSorted());
});

test('the calls of a section are found where it is switched on, and nowhere else', () => {
  expect(found(plain)).not.toContain('startCheckout');
  expect(found({ ...plain, billing: true })).toContain('startCheckout');
});
