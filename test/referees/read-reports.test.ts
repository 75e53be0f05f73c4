import { resolve } from 'node:path';
import { allReferees } from './all-referees.ts';
import { readMatches } from './cfn-lint.ts';
import { readJestReport } from './jest-run.ts';
import { takeOut } from './ministack/lighten-assembly.ts';
import { apiIn } from './ministack.ts';
import { readSummary } from './moto-tests.ts';
import { readReport } from './redocly.ts';
import { readEvents } from './schemathesis/read-events.ts';

test('cfn-lint’s matches are told by rule and by resource and property', () => {
  const match = {
    Level: 'Warning',
    Message: 'obsolete',
    Location: { Path: ['Resources', 'Login', 'DependsOn', 1] },
    Rule: { Id: 'W3005' },
  };
  expect(readMatches(`some words\n${JSON.stringify([match])}\n`)).toEqual([
    { rule: 'W3005', where: 'Login DependsOn', text: 'Warning: obsolete' },
  ]);
  expect(readMatches('[]')).toEqual([]);
});

test('redocly’s problems are found among its words for people', () => {
  const problem = {
    ruleId: 'no-server',
    severity: 'warn',
    message: 'no server',
    location: [{ pointer: '#/servers' }],
  };
  expect(readReport(`validating…\n${JSON.stringify({ problems: [problem] })}\ndone`)).toEqual([
    { rule: 'no-server', where: '#/servers', text: 'warn: no server' },
  ]);
});

test('pytest’s summary is read a line for each test', () => {
  const output = [
    '11 passed',
    'PASSED tests/test_a.py::test_one',
    'FAILED tests/test_a.py::test_two - assert 1 == 2',
    'ERROR tests/test_b.py - ImportError: x',
  ].join('\n');
  expect(readSummary(output)).toEqual({
    tests: 3,
    findings: [
      { rule: 'test failed', where: 'test_two', text: 'assert 1 == 2' },
      { rule: 'test failed', where: 'tests/test_b.py', text: 'ImportError: x' },
    ],
  });
});

test('jest’s failures are told by file and name, also a file that could not run', () => {
  const root = resolve(import.meta.dirname, '../..');
  const failed = { fullName: 'a > b', status: 'failed', failureMessages: ['one', 'two'] };
  const passed = { fullName: 'a > c', status: 'passed', failureMessages: [] };
  const file = (name: string, assertionResults: (typeof failed)[]) => ({
    name: `${root}/test/${name}`,
    status: 'failed',
    message: 'syntax',
    assertionResults,
  });
  const testResults = [file('a.test.ts', [failed, passed]), file('b.test.ts', [])];
  expect(readJestReport({ numPassedTests: 1, testResults })).toEqual({
    passed: 1,
    findings: [
      { rule: 'test failed', where: 'test/a.test.ts: a > b', text: 'one\ntwo' },
      { rule: 'no test', where: 'test/b.test.ts', text: 'syntax' },
    ],
  });
});

describe('Schemathesis’s events', () => {
  const failure = { operation: 'POST /v1/login', title: 'Refused', message: 'long words' };
  const refused = { name: 'positive_data_acceptance', status: 'failure', failure_info: { failure } };
  const answer = (status: number, body: object) => ({
    request: { method: 'POST' },
    response: {
      status_code: status,
      content: { $base64: Buffer.from(JSON.stringify(body)).toString('base64') },
    },
  });
  const weak = answer(400, { error: { code: 'invalid_request', param: 'password', message: 'Weak.' } });
  const recorder = {
    label: 'POST /v1/login',
    cases: { a: {}, b: {}, c: {} },
    checks: { a: [refused], b: [refused], c: [{ name: 'not_a_server_error', status: 'success' }] },
    interactions: { a: weak, b: weak, c: answer(200, {}) },
  };
  const lines = (...events: object[]) => events.map((event) => `${JSON.stringify(event)}\n`).join('');

  test('are told once for each operation and answer, with errors of its own', () => {
    const error = { label: 'GET /v1/me', value: { message: 'no such pattern' } };
    const report = lines(
      { Initialize: { seed: 1 } },
      { ScenarioFinished: { recorder } },
      { NonFatalError: error },
      { EngineFinished: {} },
    );
    expect(readEvents(report)).toEqual({
      judged: '3 requests, 1 operations',
      findings: [
        { rule: 'error', where: 'GET /v1/me', text: 'no such pattern' },
        {
          rule: 'positive_data_acceptance',
          where: 'POST /v1/login',
          text: 'Refused: POST 400 invalid_request password Weak.',
        },
      ],
    });
  });

  test('that broke off, have no end or hold no request are no yes', () => {
    const broken = { FatalError: { exception: { message: 'no schema' } } };
    expect(() => readEvents(lines(broken, { EngineFinished: {} }))).toThrow('no schema');
    expect(() => readEvents(lines({ ScenarioFinished: { recorder } }))).toThrow('its end');
    expect(() => readEvents(lines({ EngineFinished: {} }))).toThrow('no request');
  });
});

describe('what MiniStack is not shown', () => {
  const Resources = {
    Stage: { Type: 'Stage' },
    Guard: { Type: 'Association', DependsOn: 'Stage' },
    Page: { Type: 'Page', DependsOn: ['Guard', 'Stage'] },
    Alone: { Type: 'Page', DependsOn: 'Guard' },
  };
  const mustGo = ({ Type }: { Type: string }) => Type === 'Association';

  test('is a finding each, and nothing waits for it', () => {
    expect(takeOut({ Resources }, mustGo)).toEqual({
      template: {
        Resources: {
          Stage: { Type: 'Stage' },
          Page: { Type: 'Page', DependsOn: ['Stage'] },
          Alone: { Type: 'Page' },
        },
      },
      findings: [{ rule: 'taken out', where: 'Association Guard', text: 'not deployed' }],
    });
  });

  test('can be nothing that others name', () => {
    const Reader = { Type: 'Page', Properties: { of: { Ref: 'Guard' } } };
    expect(() => takeOut({ Resources: { ...Resources, Reader } }, mustGo)).toThrow('Guard');
  });

  test('its API is found by its address among the outputs', () => {
    const outputs = (ApiUrl: string) => JSON.stringify({ Daypass: { ApiUrl } });
    expect(apiIn(outputs('https://a1b2.execute-api.us-east-1.amazonaws.com/prod/'))).toBe('a1b2');
    expect(() => apiIn(outputs('nowhere'))).toThrow('no address');
  });
});

test.each([
  ['cfn-lint', () => readMatches('Traceback')],
  ['redocly', () => readReport('Traceback')],
  ['pytest', () => readSummary('Traceback')],
])('no report of %s is no yes', (_name, read) => {
  expect(read).toThrow('Traceback');
});

test('each referee has its name once, and a reason for whatever it is known to object to', () => {
  expect(new Set(allReferees.map(({ name }) => name)).size).toBe(allReferees.length);
  for (const { expected } of allReferees)
    for (const { because } of expected) expect(because.length).toBeGreaterThan(20);
});
