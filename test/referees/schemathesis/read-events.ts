import type { Finding, Judgement } from '../referee.ts';

interface Check {
  name: string;
  status: string;
  failure_info?: { failure: { operation: string; title: string; message: string } };
}

interface Interaction {
  request?: { method: string };
  response?: { status_code: number; content?: { $base64: string } };
}

interface Recorder {
  label: string;
  cases?: Record<string, unknown>;
  checks?: Record<string, Check[]>;
  interactions?: Record<string, Interaction>;
}

interface Event {
  ScenarioFinished?: { recorder: Recorder };
  NonFatalError?: { label?: string; value?: { message: string } };
  FatalError?: { exception?: { message: string } };
  EngineFinished?: object;
}

/**
 * Its report, an event a line. What it objects to for the same reason is told once for each operation.
 * @throws Error when it did not come to its end
 */
export function readEvents(report: string): Judgement {
  const events = report
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Event);
  const fatal = events.find(({ FatalError }) => FatalError !== undefined)?.FatalError;
  if (fatal !== undefined) throw new Error(`It broke off: ${fatal.exception?.message}`);
  if (!events.some(({ EngineFinished }) => EngineFinished !== undefined))
    throw new Error(`It did not come to its end:\n${report.slice(-2000)}`);
  const recorders = events.flatMap(({ ScenarioFinished }) => ScenarioFinished?.recorder ?? []);
  const errors = events.flatMap(({ NonFatalError: error }): Finding[] =>
    error === undefined
      ? []
      : [{ rule: 'error', where: error.label ?? '', text: error.value?.message ?? 'without a word' }],
  );
  const findings = new Map<string, Finding>();
  for (const finding of [...errors, ...recorders.flatMap(failuresOf)])
    findings.set(`${finding.rule} ${finding.where} ${finding.text}`, finding);
  const operations = new Set(recorders.filter(({ cases }) => cases !== undefined).map(({ label }) => label));
  const requests = recorders.reduce(
    (sum, { interactions = {} }) => sum + Object.keys(interactions).length,
    0,
  );
  if (requests === 0) throw new Error(`It made no request:\n${report.slice(-2000)}`);
  return { judged: `${requests} requests, ${operations.size} operations`, findings: [...findings.values()] };
}

function failuresOf({ checks = {}, interactions = {} }: Recorder): Finding[] {
  return Object.entries(checks).flatMap(([id, all]) =>
    all.flatMap(({ name, status, failure_info }): Finding[] => {
      if (status !== 'failure' || failure_info === undefined) return [];
      const { operation, title } = failure_info.failure;
      return [{ rule: name, where: operation, text: `${title}: ${exchangeOf(interactions[id])}` }];
    }),
  );
}

/** As `PUT 404 not_found`; with the field that a refusal names, and its words. */
function exchangeOf({ request, response }: Interaction = {}): string {
  if (response === undefined) return `${request?.method} without an answer`;
  const text = Buffer.from(response.content?.$base64 ?? '', 'base64').toString();
  const words = [request?.method, response.status_code];
  try {
    const { error } = JSON.parse(text);
    words.push(error.code, error.param, error.message);
  } catch {
    // Not a refusal in our words.
  }
  return words.filter((word) => word !== undefined && word !== null).join(' ');
}
