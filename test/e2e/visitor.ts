/** A browser as far as redirects and cookies go. It keeps what each answer sets, by host. */
export interface Visitor {
  /** Cookies of a host, by name. */
  cookies(host: string): Map<string, string>;
  get(url: string): Promise<Visit>;
  post(url: string, form: Record<string, string>): Promise<Visit>;
}

export interface Visit {
  status: number;
  /** Of a redirect, as a whole URL. */
  location: string;
  text: string;
  /** The `set-cookie` headers. */
  set: string[];
}

export function newVisitor(): Visitor {
  const jars = new Map<string, Map<string, string>>();
  const cookies = (host: string) => {
    const jar = jars.get(host) ?? new Map<string, string>();
    jars.set(host, jar);
    return jar;
  };
  async function visit(url: string, init: RequestInit): Promise<Visit> {
    const jar = cookies(new URL(url).host);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { ...(cookie !== '' && { cookie }) },
    });
    const set = response.headers.getSetCookie();
    for (const text of set) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(text) ?? [];
      if (/Max-Age=0/.test(text)) jar.delete(name);
      else jar.set(name, value);
    }
    const location = response.headers.get('location');
    return {
      status: response.status,
      location: location === null ? '' : new URL(location, url).href,
      text: await response.text(),
      set,
    };
  }
  return {
    cookies,
    get: (url) => visit(url, {}),
    post: (url, form) => visit(url, { method: 'POST', body: new URLSearchParams(form) }),
  };
}

export interface AtProvider {
  email: string;
  verified?: boolean;
  subject?: string;
  /** One of the faults of local/oidc. */
  fault?: string;
}

/**
 * Goes from Cognito's authorization endpoint through the provider's page, until Cognito sends the browser to the console.
 * @returns the callback's URL
 */
export async function throughProvider(
  visitor: Visitor,
  authorizeUrl: string,
  { email, verified = true, subject = '', fault = '' }: AtProvider,
): Promise<string> {
  const { location: page } = await visitor.get(authorizeUrl);
  const url = new URL(page);
  const form = {
    ...Object.fromEntries(url.searchParams),
    email,
    subject,
    fault,
    ...(verified && { verified: 'true' }),
  };
  const { location } = await visitor.post(`${url.origin}${url.pathname}`, form);
  return (await visitor.get(location)).location;
}

/** Begins a login and goes to the callback, which is not opened yet. */
export async function toCallback(
  visitor: Visitor,
  edge: string,
  provider: string,
  who: AtProvider,
): Promise<string> {
  const { location } = await visitor.get(`${edge}/v1/login/${provider}`);
  return throughProvider(visitor, location, who);
}

/** A whole login, with the second attempt that a new link needs. @returns the last answer of the callback */
export async function logInWith(
  visitor: Visitor,
  edge: string,
  provider: string,
  who: AtProvider,
): Promise<Visit> {
  const answer = await visitor.get(await toCallback(visitor, edge, provider, who));
  if (!answer.location.includes('/oauth2/authorize')) return answer;
  return visitor.get(await throughProvider(visitor, answer.location, who));
}
