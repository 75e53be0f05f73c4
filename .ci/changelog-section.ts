import { readFileSync } from 'node:fs';

/** Prints a version's part of CHANGELOG.md: `node .ci/changelog-section.ts 1.2.0`. Fails if there is none. */
const [version = ''] = process.argv.slice(2);
const changelog = readFileSync(new URL('../CHANGELOG.md', import.meta.url), 'utf8');
const parts = changelog.split(/^## /m);
const part = parts.find((each) => each.startsWith(`[${version}]`));
if (version === '' || part === undefined) {
  process.stderr.write(`CHANGELOG.md has no part for version '${version}'.\n`);
  process.exitCode = 1;
} else process.stdout.write(`${part.slice(part.indexOf('\n')).trim()}\n`);
