import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'daypass-audit-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function audit(report: unknown) {
  const path = join(folder, 'report.json');
  writeFileSync(path, JSON.stringify(report));
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', 'bin/audit.ts', '--report', path],
    { cwd: root, encoding: 'utf8' },
  );
  return { status, stdout, stderr };
}

const advisory = {
  source: 1,
  name: 'left-pad',
  title: 'It pads too much',
  url: 'https://github.com/advisories/GHSA-aaaa-bbbb-cccc',
  severity: 'high',
};

test('nothing known is fine', () => {
  expect(audit({ vulnerabilities: {} })).toMatchObject({
    status: 0,
    stdout: '0 advisories, 0 exceptions, 0 to look at\n',
  });
});

test('an advisory without an exception is told once, by its id, however many packages it reaches', () => {
  const { status, stdout } = audit({
    vulnerabilities: {
      'left-pad': { via: [advisory] },
      other: { via: ['left-pad'] },
      third: { via: [advisory] },
    },
  });
  expect(status).toBe(1);
  expect(stdout).toBe(
    'GHSA-aaaa-bbbb-cccc: left-pad, high: It pads too much\n1 advisories, 0 exceptions, 1 to look at\n',
  );
});

test('without a report nothing is said to be fine', () => {
  const { status, stderr } = audit({ message: 'audit endpoint returned an error' });
  expect([status, stderr]).toEqual([2, 'The registry could not be asked: npm audit gave no report.\n']);
});
