import { globSync, readFileSync } from 'node:fs';
import { type AuditPorts, listAudit } from '../../core/admin/audit.ts';
import { usageDays } from '../../core/contract/usage-days.ts';
import { DaypassError } from '../../core/errors.ts';
import { usageSpan } from '../../core/metering/usage.ts';
import { ApiError, errorOfResponse, networkError } from '../../web/api-error.ts';
import { describeError, refusalText } from '../../web/describe-error.ts';
import { speak } from '../../web/language/t.ts';
import { knownSentences } from '../../web/refusal-sentences.ts';
import { catalogues } from './language/catalogues.ts';

const failure = (message: string, retryAfterSeconds?: number, kind: 'server' | 'refusal' = 'server') =>
  new ApiError(kind, message, { code: 'internal_error', retryAfterSeconds });

test.each([
  ['A part of this service did not answer. Try again in a moment.', 2, 'in 2 seconds.'],
  ['Too many changes at once. Try again in a moment.', 1, 'in 1 second.'],
  ['Stripe can’t be reached right now. Try again shortly.', 5, 'in 5 seconds.'],
  ['Something broke.', 30, 'in 30 seconds.'],
])('the wait is given once: %s', (message, seconds, end) => {
  const words = describeError(failure(message, seconds)).message;
  expect(words.match(/Try again/g)).toHaveLength(1);
  expect(words.endsWith(`Try again ${end}`)).toBe(true);
});

test('without a wait, and for refusals, the API’s words stay as they are', () => {
  expect(describeError(failure('Broken. Try again in a moment.')).message).toBe(
    'Broken. Try again in a moment.',
  );
  expect(describeError(failure('Enough for today.', 60, 'refusal')).message).toBe('Enough for today.');
});

test('a call that failed before the language was loaded is told in it', async () => {
  const errors = [networkError(new TypeError()), await errorOfResponse(new Response('', { status: 502 }))];
  const words = {
    'The service did not answer. Check your connection and try again.': 'Keine Antwort.',
    'The service answered {status} without saying why.': 'Antwort {status}.',
    'Try again in a moment.': 'Gleich noch einmal.',
  };
  speak({ locale: 'de-DE', catalogue: words });
  expect(errors.map(({ message }) => message)).toEqual([
    'Keine Antwort.',
    'Antwort 502. Gleich noch einmal.',
  ]);
  speak({ locale: 'en-GB', catalogue: {} });
});

test('an unexpected error shows no details', () => {
  expect(describeError(new Error('token=abc')).message).not.toContain('abc');
});

describe('in German', () => {
  beforeEach(() => speak({ locale: 'de-DE', catalogue: catalogues()[0]?.catalogue ?? {} }));
  afterEach(() => speak({ locale: 'en-GB', catalogue: {} }));

  const unavailable = (message: string, retryAfterSeconds?: number) =>
    new ApiError('server', message, { code: 'service_unavailable', retryAfterSeconds });

  test('a passing trouble is told without the API’s English, and the wait once', () => {
    const trouble = 'A part of this service did not answer. Try again in a moment.';
    expect(describeError(unavailable(trouble, 2)).message).toBe(
      'Ein Teil dieses Dienstes hat nicht geantwortet. Versuchen Sie es in 2 Sekunden noch einmal.',
    );
    expect(refusalText(unavailable(trouble))).toBe(
      'Ein Teil dieses Dienstes hat nicht geantwortet. Versuchen Sie es gleich noch einmal.',
    );
  });

  test('other words of the API are quoted, without when to try again', () => {
    expect(describeError(unavailable('The moon is full. Try again shortly.', 5)).message).toBe(
      'Der Dienst ist gerade nicht verfügbar. Der Dienst meldet: „The moon is full.“ Versuchen Sie es in 5 Sekunden noch einmal.',
    );
  });

  const noEvents: AuditPorts = {
    audit: { list: async () => ({ events: [], nextCursor: null }) },
    users: { read: async () => new Map() },
  };

  test.each([
    ['usage', () => usageSpan({ from: '2026-02-01', to: '2026-01-01' }, 0), usageDays],
    ['the audit trail', () => listAudit(noEvents, { from: '2026-01-01', to: '2026-12-01', limit: 1 }, 0), 31],
  ])('a span of days that %s has none of is told without the API’s English', async (_, ask, days) => {
    const said = new ApiError('refusal', await messageOf(ask), { code: 'invalid_request' });
    expect(describeError(said).message).toBe(
      `Der erste Tag darf nicht nach dem letzten liegen, und der Zeitraum darf höchstens ${days} Tage umfassen.`,
    );
  });

  const sources = globSync(['core/**/*.ts', 'lambda/**/*.ts']).map((path) => readFileSync(path, 'utf8'));

  test.each(knownSentences.map(([words]) => words))('the API says it in these words: %s', ({ source }) => {
    const quoted = new RegExp(source.replace(/^\^/, "['`]").replace(/\$$/, "[ '`]").replace('\\d+', '.+'));
    expect(sources.some((text) => quoted.test(text))).toBe(true);
  });
});

async function messageOf(refused: () => unknown): Promise<string> {
  try {
    await refused();
  } catch (error) {
    if (error instanceof DaypassError) return error.message;
  }
  throw new Error('It was not refused');
}
