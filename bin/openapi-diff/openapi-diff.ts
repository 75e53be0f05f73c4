import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApiDocument } from '../../core/contract/openapi/openapi-document.ts';
import { runCommand, say } from '../command.ts';
import { breakingChanges, type OpenApi } from './breaking-changes.ts';
import { releaseText } from './release-document.ts';
import { documentPath, intendedBreaks, judge, lastRelease } from './releases.ts';
import { rules } from './rules.ts';

const help = `Compares the API's description with that of the last release. The exit code is 1 if it breaks programs in a way that
docs/releases/intended-breaks.json doesn't list with its reason.

Usage: npm run openapi-diff -- [options]

  --write             also keep the description, under the version of package.json: for a release
  --released VERSION  instead, require that the description is kept under this version
  --document FILE     write the description to a file
  --help              this text
`;

const options = {
  write: { type: 'boolean', default: false },
  released: { type: 'string' },
  document: { type: 'string' },
} as const;

const whole = openApiDocument();
const text = releaseText(whole);

runCommand({ help, options }, async ({ values }) => {
  if (values.write) write();
  else if (values.released !== undefined) requireKept(values.released);
  else compare();
  if (values.document !== undefined) writeFileSync(values.document, JSON.stringify(whole));
});

/** At a release: the document as it is now is that of the version in package.json. */
function write(): void {
  const manifest = readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8');
  const path = documentPath(JSON.parse(manifest).version);
  compare();
  if (process.exitCode !== undefined) return;
  writeFileSync(path, text);
  say(`Written: ${path}`);
}

function requireKept(version: string): void {
  const path = documentPath(version);
  if (existsSync(path) && readFileSync(path, 'utf8') === text) {
    say(`The document of ${version} is kept, and is the present one.`);
    return;
  }
  console.error(`${path} is not the present document. Run npm run openapi-diff -- --write, and commit it.`);
  process.exitCode = 1;
}

function compare(): void {
  const { version, document } = lastRelease();
  const changes = breakingChanges(document, JSON.parse(text) as OpenApi);
  const { unintended, stale } = judge(changes, intendedBreaks(), version);
  for (const { rule, where } of unintended) console.error(`${rule}: ${where}\n  ${rules[rule]}`);
  for (const { rule, where } of stale)
    console.error(
      `${rule}: ${where}\n  is listed in intended-breaks.json, but the document has no such break`,
    );
  if (unintended.length + stale.length > 0) {
    console.error(
      `\n${unintended.length} breaking changes since ${version}. Take them back, or write them into docs/releases/intended-breaks.json with the reason and the version that brings them.`,
    );
    process.exitCode = 1;
  } else {
    const intended = changes.length === 0 ? '' : ` but the ${changes.length} that are intended`;
    say(`Nothing breaks programs written for ${version}${intended}.`);
  }
}
