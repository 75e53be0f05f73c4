import { resolve } from 'node:path';
import { allReferees } from './all-referees.ts';
import { readMatches } from './cfn-lint.ts';
import { readJestReport } from './jest-run.ts';
import { readSummary } from './moto-tests.ts';
import { readReport } from './redocly.ts';

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
