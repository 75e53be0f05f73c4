import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import chromium, { inflate } from '@sparticuz/chromium';

/**
 * A program: unpacks the npm package's browser, libraries and fonts into TMPDIR, the only place that the package
 * knows. It is a process of its own so that nobody else's TMPDIR has to change.
 */
const folder = process.env.TMPDIR;
const home = process.argv[2];
if (folder === undefined || home === undefined)
  throw new Error('usage: TMPDIR=… unpack-chromium.ts FINAL_FOLDER');

await chromium.executablePath();
// The package leaves these to Lambda; elsewhere libnss3 is as likely to be missing.
await inflate(join(import.meta.dirname, '../../node_modules/@sparticuz/chromium/bin/al2023.tar.br'));
writeFileSync(
  join(folder, 'fonts.conf'),
  `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(home, 'fonts')}</dir>
  <cachedir>${join(home, 'fonts-cache')}</cachedir>
</fontconfig>
`,
);
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
writeFileSync(join(folder, 'files.json'), JSON.stringify(files));
