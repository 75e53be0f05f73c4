import type { Visitor } from './visitor.ts';

export interface AtSamlProvider {
  email: string;
  /** One of the faults of local/saml. */
  fault?: string;
}

/** Goes from Cognito's authorization endpoint through the provider's page. @returns what its last page sends to Cognito */
export async function samlAnswer(
  visitor: Visitor,
  authorizeUrl: string,
  { email, fault = '' }: AtSamlProvider,
): Promise<{ action: string; form: Record<string, string> }> {
  const { location: page } = await visitor.get(authorizeUrl);
  const url = new URL(page);
  const asked = { ...Object.fromEntries(url.searchParams), email, fault };
  const { text } = await visitor.post(`${url.origin}${url.pathname}`, asked);
  const plain = (html = '') => html.replaceAll(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
  const fields = [...text.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g)];
  return {
    action: plain(/<form method="post" action="([^"]+)"/.exec(text)?.[1]),
    form: Object.fromEntries(fields.map(([, name, value]) => [name, plain(value)])),
  };
}

/** @returns the callback's URL */
export async function throughSamlProvider(
  visitor: Visitor,
  authorizeUrl: string,
  who: AtSamlProvider,
): Promise<string> {
  const { action, form } = await samlAnswer(visitor, authorizeUrl, who);
  return (await visitor.post(action, form)).location;
}

/** Begins a login and goes to the callback, which is not opened yet. */
export async function toSamlCallback(
  visitor: Visitor,
  edge: string,
  provider: string,
  who: AtSamlProvider,
): Promise<string> {
  const { location } = await visitor.get(`${edge}/v1/login/${provider}`);
  return throughSamlProvider(visitor, location, who);
}
