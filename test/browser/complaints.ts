import type { BrowserContext, Request } from 'playwright-core';

/** What a page did that no page of the console may do, in words; gathered over all tabs of a context. */
export interface Complaints {
  list(): string[];
  /**
   * Lets a call be refused or broken off. It has to come, or its absence is the complaint.
   * @param outcome the status, or `'no answer'` when the connection is to break
   */
  expectFailure(call: string, outcome: number | 'no answer'): void;
  /** Begins anew: what was complained of and allowed so far was about an earlier visit. */
  forget(): void;
}

/** Chromium tells of every failed request as an error; requests are judged by themselves. */
const failedRequest = /^Failed to load resource: /;

/** Only by asking can a page learn whether the cookie that it can't read holds a session. */
const asksForSession = 'POST /v1/session/refresh 401';

/**
 * Only a test cuts the connection. Whatever a page first needs then, such as a font or the news that it asks for every
 * few seconds, fails by no fault of the page; what it sends has to be announced.
 */
const offline = 'net::ERR_INTERNET_DISCONNECTED';

/** What scripts get to call that should never have run. */
const trap = 'scriptRan';

export async function gatherComplaints(context: BrowserContext, origin: string): Promise<Complaints> {
  const complaints: string[] = [];
  const failures: string[] = [];
  const allowed = new Set<string>();
  const forgiven = new Set<string>([asksForSession]);

  context.on('console', (message) => {
    const type = message.type();
    if ((type === 'error' || type === 'warning') && !failedRequest.test(message.text()))
      complaints.push(`console ${type}: ${message.text()}`);
  });
  context.on('weberror', (error) => complaints.push(`uncaught: ${String(error.error())}`));
  context.on('page', (page) => page.on('crash', () => complaints.push('the page crashed')));
  context.on('dialog', (dialog) => {
    complaints.push(`${dialog.type()} dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on('request', (request) => {
    if (isForeign(request.url(), origin) && !leadsElsewhere(request))
      complaints.push(`third party: ${request.url()}`);
  });
  context.on('response', (response) => {
    if (response.status() >= 400) failures.push(`${callOf(response.request())} ${response.status()}`);
  });
  context.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText;
    // What the page itself breaks off by leaving, or by a stop button, is no failure.
    if (reason === 'net::ERR_ABORTED') return;
    const failure = `${callOf(request)} no answer`;
    failures.push(failure);
    if (reason === offline && request.method() === 'GET') forgiven.add(failure);
  });
  await context.exposeBinding('reportCspViolation', (_source, violation: string) => {
    complaints.push(`CSP: ${violation}`);
  });
  await context.exposeBinding(trap, () => {
    complaints.push('a script ran that came in as text');
  });
  await context.addInitScript(reportCspViolations);

  return {
    list: () => [
      ...complaints,
      ...failures
        .filter((failure) => !forgiven.has(failure) && !allowed.has(failure))
        .map((failure) => `failed: ${failure}`),
      ...[...allowed]
        .filter((failure) => !failures.includes(failure))
        .map((failure) => `did not fail as expected: ${failure}`),
    ],
    expectFailure: (call, outcome) => void allowed.add(`${call} ${outcome}`),
    forget() {
      complaints.length = 0;
      failures.length = 0;
      allowed.clear();
      forgiven.clear();
      forgiven.add(asksForSession);
    },
  };
}

const callOf = (request: Request): string => `${request.method()} ${new URL(request.url()).pathname}`;

const isForeign = (url: string, origin: string): boolean =>
  /^(https?|wss?|ftp):/.test(url) && new URL(url).origin !== origin;

/** Stand-ins of other sites: the console may lead there, and load nothing from them. */
const leadsElsewhere = (request: Request): boolean =>
  request.isNavigationRequest() && /^\/_local\/(stripe|login|oidc)\//.test(new URL(request.url()).pathname);

function reportCspViolations(): void {
  const page = globalThis as unknown as { reportCspViolation(violation: string): void };
  document.addEventListener('securitypolicyviolation', (event) =>
    page.reportCspViolation(`${event.effectiveDirective} blocked ${event.blockedURI || 'inline'}`),
  );
}
