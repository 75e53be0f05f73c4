import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import * as z from 'zod';
import { showDashboard } from '../aws/cloudwatch/dashboard.ts';
import { mailPage } from '../mail/mail-page.ts';
import { type PageAnswer, pressButton, showPage } from '../providers/stripe/stripe-pages.ts';
import type { StandIns } from '../stack.ts';
import { isLoopbackHost } from './loopback-host.ts';
import { metricsPage, type ShownMetrics } from './metrics-page.ts';
import { readRunbooks, runbooksPage } from './runbooks-page.ts';
import { isFromOtherOrigin } from './web-page.ts';

type Answer = { status: number; body: unknown } | PageAnswer;
type Route = (body: string, url: URL, request: IncomingMessage) => Promise<Answer> | Answer;

export type LocalRoutesDeps = Pick<
  StandIns,
  'clock' | 'cloudWatch' | 'mailbox' | 'faults' | 'schedules' | 'dynamoDb' | 'cognito' | 'gateway' | 'stripe'
> & {
  stageUrl: string;
  /** Resolves when a moved clock has waited long enough for what it set going. @default ten seconds */
  patience?: (signal: AbortSignal) => Promise<unknown>;
};

const maxBodyBytes = 100_000;
/** Ten years either way: enough for every window, and far from dates that overflow. */
const farthestSeconds = 315_360_000;
const clockBody = z.strictObject({ offsetSeconds: z.number().min(-farthestSeconds).max(farthestSeconds) });

/**
 * `/_local/*` on the edge port: what a developer needs of this machine and AWS has no place for.
 * @returns a handler that answers true when the request was its own
 */
export function createLocalRoutes(deps: LocalRoutesDeps) {
  const routes: Record<string, Route> = {
    'GET /_local/health': () => ({ status: 200, body: { status: 'ok' } }),
    'GET /_local/mail': (_body, url, request) => {
      const mails = deps.mailbox.list(url.searchParams.get('to') ?? undefined);
      return request.headers.accept?.includes('text/html')
        ? { status: 200, html: mailPage(mails) }
        : { status: 200, body: { data: mails } };
    },
    'GET /_local/metrics': (_body, _url, request) => {
      const shown = shownMetrics(deps);
      return request.headers.accept?.includes('text/html')
        ? { status: 200, html: metricsPage(shown, readRunbooks()) }
        : { status: 200, body: shown };
    },
    'GET /_local/runbooks': () => ({ status: 200, html: runbooksPage(readRunbooks()) }),
    'GET /_local/clock': () => ({ status: 200, body: clockState(deps) }),
    'POST /_local/clock': async (body) => {
      deps.clock.moveTo(clockBody.parse(JSON.parse(body)).offsetSeconds);
      await inPatience(deps, deps.schedules.runDue());
      await deps.dynamoDb.sweepExpired();
      return { status: 200, body: clockState(deps) };
    },
    'GET /_local/faults': () => ({ status: 200, body: { faults: deps.faults.list() } }),
    'PUT /_local/faults': (body) => {
      const json: unknown = JSON.parse(body);
      deps.faults.replace(Array.isArray(json) ? json : (json as { faults?: unknown } | null)?.faults);
      return { status: 200, body: { faults: deps.faults.list() } };
    },
    'GET /_local/stripe/checkout': (_body, { searchParams }) =>
      showPage(deps.stripe, 'checkout', searchParams.get('session')),
    'POST /_local/stripe/checkout': (body) => pressButton(deps.stripe, 'checkout', new URLSearchParams(body)),
    'GET /_local/stripe/portal': (_body, { searchParams }) =>
      showPage(deps.stripe, 'portal', searchParams.get('session')),
    'POST /_local/stripe/portal': (body) => pressButton(deps.stripe, 'portal', new URLSearchParams(body)),
  };

  return (request: IncomingMessage, response: ServerResponse): boolean => {
    // Anything else may not even be a valid URL, and is the edge's to answer.
    if (!/^\/_local\/[\w/]*(\?|$)/.test(request.url ?? '')) return false;
    const url = new URL(request.url ?? '', 'http://localhost');
    void answer(routes[`${request.method} ${url.pathname}`], request, url).then((result) =>
      send(response, result),
    );
    return true;
  };
}

function shownMetrics({ cloudWatch, clock }: Pick<LocalRoutesDeps, 'clock' | 'cloudWatch'>): ShownMetrics {
  const dashboards = cloudWatch.dashboards().map(({ name, body }) => ({
    name,
    widgets: showDashboard(body, cloudWatch.metrics, clock.now()),
  }));
  return { alarms: cloudWatch.alarms(), dashboards };
}

function clockState({ clock, schedules }: Pick<LocalRoutesDeps, 'clock' | 'schedules'>) {
  const { offsetSeconds } = clock;
  return { offsetSeconds, now: new Date(clock.now()).toISOString(), running: schedules.running() };
}

const patienceMs = 10_000;
const tenSeconds = (signal: AbortSignal) => setTimeout(patienceMs, undefined, { signal });

/** A hanging pass goes on for as long as its function may; the caller shouldn't have to wait for it. */
async function inPatience(
  { patience = tenSeconds }: Pick<LocalRoutesDeps, 'patience'>,
  work: Promise<void>,
): Promise<void> {
  const over = new AbortController();
  try {
    await Promise.race([work, patience(over.signal).catch(() => undefined)]);
  } finally {
    over.abort();
  }
}

async function answer(route: Route | undefined, request: IncomingMessage, url: URL): Promise<Answer> {
  // Pages may send simple requests here without asking, also by a name of theirs that points here.
  if (!isLoopbackHost(request.headers.host)) return refusal(403, 'forbidden', 'Use localhost.');
  if (isFromOtherOrigin(request.headers) && !leadsToStripe(request, url)) {
    return refusal(403, 'forbidden', 'Pages of other origins can’t use this. Open the address itself.');
  }
  if (route === undefined)
    return refusal(404, 'not_found', 'There is no such local route; docs/local-runtime.md lists them.');
  try {
    return await route(await readText(request), url, request);
  } catch (error) {
    const message =
      error instanceof z.ZodError
        ? z.prettifyError(error)
        : error instanceof Error
          ? error.message
          : 'Bad request';
    return refusal(400, 'invalid_request', message);
  }
}

/** The console leads to these pages, as it leads to Stripe's own. What their buttons do, only they can ask for. */
function leadsToStripe({ method, headers }: IncomingMessage, { pathname }: URL): boolean {
  return (
    method === 'GET' && pathname.startsWith('/_local/stripe/') && headers['sec-fetch-mode'] === 'navigate'
  );
}

function refusal(status: number, code: string, message: string): Answer {
  return { status, body: { error: { message, type: 'invalid_request_error', code, param: null } } };
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBodyBytes) throw new Error(`The body must have at most ${maxBodyBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, result: Answer): void {
  if ('location' in result) {
    response.writeHead(result.status, { location: result.location, 'cache-control': 'no-store' }).end();
    return;
  }
  const isPage = 'html' in result;
  response.writeHead(result.status, {
    'content-type': isPage ? 'text/html; charset=utf-8' : 'application/json',
    'cache-control': 'no-store',
    ...(isPage && {
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    }),
  });
  response.end(isPage ? result.html : JSON.stringify(result.body));
}
