import type { Finding } from '../referee.ts';
import { type Member, type Model, type Operation, operationOf, type Shape } from './model.ts';

/** What was asked and answered. */
export interface Exchange {
  service?: string;
  target?: string;
  method: string;
  url: string;
  status: number;
  errorType?: string;
  body: string;
}

type Report = (rule: string, path: string, text: string) => void;

/** @returns what the answer has that AWS's model hasn't, and the other way round */
export function checkAnswer(service: string, model: Model, exchange: Exchange): Finding[] {
  const findings: Finding[] = [];
  const operation = operationOf(model, exchange);
  const name = `${service} ${operation?.name ?? exchange.target ?? `${exchange.method} ${exchange.url}`}`;
  const report: Report = (rule, path, text) => findings.push({ rule, where: `${name}${path}`, text });
  if (exchange.status >= 300) checkError(model, operation, exchange, report);
  else if (operation === undefined) report('unknown operation', '', `answered ${exchange.status}`);
  else checkOutput(model, operation, exchange, report);
  return findings;
}

function checkOutput(model: Model, operation: Operation, { body }: Exchange, report: Report): void {
  const shape = operation.output && model.shapes[operation.output.shape];
  const payload = shape?.payload && shape.members?.[shape.payload];
  if (payload !== undefined && payload !== '' && model.shapes[payload.shape]?.type === 'blob') return;
  const value = parse(body);
  if (value === undefined) report('not JSON', '', body.slice(0, 200));
  else if (shape !== undefined) checkValue(model, shape, value, '', report);
  else if (typeof value === 'object' && value !== null && Object.keys(value).length > 0)
    report('unknown member', '', `has no output by the model, but ${Object.keys(value).join(', ')}`);
}

function checkError(
  model: Model,
  operation: Operation | undefined,
  { status, errorType, body }: Exchange,
  report: Report,
): void {
  const fields = parse(body) as { __type?: string } | undefined;
  const code = (errorType ?? fields?.__type ?? '').split(':')[0]?.split('#').at(-1) ?? '';
  if (code === '') {
    report('error without a code', '', `${status}: ${body.slice(0, 200)}`);
    return;
  }
  const modelled = operation?.errors
    ?.map(({ shape }) => ({ shape, ...model.shapes[shape] }))
    .find(({ shape, error }) => shape === code || error?.code === code);
  if (modelled === undefined) {
    report('unmodelled error', '', `${code}, ${status}`);
    return;
  }
  const due = modelled.error?.httpStatusCode ?? (modelled.fault === true ? 500 : 400);
  if (due !== status) report('wrong status', '', `${code} is ${due}, not ${status}`);
}

/** An empty body is an empty answer. */
function parse(body: string): unknown {
  try {
    return body === '' ? {} : JSON.parse(body);
  } catch {
    return undefined;
  }
}

function checkValue(model: Model, shape: Shape, value: unknown, path: string, report: Report): void {
  const wrong = () =>
    report('wrong type', path, `${JSON.stringify(value)?.slice(0, 100)} is no ${shape.type}`);
  switch (shape.type) {
    case 'structure':
      if (isRecord(value)) checkMembers(model, shape, value, path, report);
      else wrong();
      return;
    case 'list':
      if (!Array.isArray(value) || shape.member === undefined) wrong();
      else for (const each of value) checkMember(model, shape.member, each, `${path}[]`, report);
      return;
    case 'map':
      if (!isRecord(value) || shape.value === undefined) wrong();
      else
        for (const each of Object.values(value)) checkMember(model, shape.value, each, `${path}{}`, report);
      return;
    case 'string':
      if (typeof value !== 'string') wrong();
      else if (shape.enum?.includes(value) === false)
        report('unknown value', path, `${value} is none of ${shape.enum.join(', ').slice(0, 200)}`);
      return;
    case 'blob':
      if (typeof value !== 'string') wrong();
      return;
    case 'boolean':
      if (typeof value !== 'boolean') wrong();
      return;
    case 'integer':
    case 'long':
      if (!Number.isInteger(value)) wrong();
      return;
    default:
      // double, float, timestamp: seconds, with or without a fraction
      if (typeof value !== 'number') wrong();
  }
}

function checkMembers(
  model: Model,
  shape: Shape,
  value: Record<string, unknown>,
  path: string,
  report: Report,
): void {
  const inBody = Object.entries(shape.members ?? {}).filter(([, { location }]) => location === undefined);
  const byWireName = new Map(inBody.map(([name, member]) => [member.locationName ?? name, member]));
  for (const [name, each] of Object.entries(value)) {
    const member = byWireName.get(name);
    if (member === undefined) report('unknown member', `${path}.${name}`, 'is not in the model');
    else checkMember(model, member, each, `${path}.${name}`, report);
  }
  for (const [name, { locationName = name }] of inBody)
    if (shape.required?.includes(name) === true && value[locationName] === undefined)
      report('missing member', `${path}.${locationName}`, 'is required by the model');
}

function checkMember(model: Model, member: Member, value: unknown, path: string, report: Report): void {
  const shape = model.shapes[member.shape];
  if (shape !== undefined) checkValue(model, shape, value, path, report);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
