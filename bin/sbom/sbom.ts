import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { runCommand } from '../command.ts';
import { type BundledPackage, bundledPackages } from './bundled-packages.ts';

const help = `Lists what is deployed of other people's code: name, version and licence of each package that goes into the
functions or the console.

Usage: npm run sbom -- [options]

  --out FILE       write it as a CycloneDX document (JSON), too
  --licences FILE  write the licences' texts, as they ask to be passed on
  --help           this text

The exit code is 1 if a package has a licence that isn't known to be free of conditions on our own code.
`;

const root = resolve(import.meta.dirname, '../..');

/** They ask for their notice to be kept, and no more. */
const permissive = new Set([
  ...[
    '0BSD',
    'Apache-2.0',
    'BlueOak-1.0.0',
    'BSD-2-Clause',
    'BSD-3-Clause',
    'CC0-1.0',
    'ISC',
    'MIT',
    'Unlicense',
  ],
  // For fonts.
  'OFL-1.1',
]);

runCommand(
  { help, options: { out: { type: 'string' }, licences: { type: 'string' } } },
  async ({ values }) => {
    const packages = await bundledPackages(
      root,
      process.env.DAYPASS_SETTINGS ?? resolve(root, 'daypass.yml'),
    );
    const widest = Math.max(...packages.map(({ name, version }) => `${name}@${version}`.length));
    for (const { name, version, license = 'none', in: places } of packages)
      process.stdout.write(
        `${`${name}@${version}`.padEnd(widest)}  ${license.padEnd(14)}  ${places.join(', ')}\n`,
      );
    if (values.out !== undefined)
      writeFileSync(values.out, `${JSON.stringify(cycloneDx(packages), null, 2)}\n`);
    if (values.licences !== undefined) writeFileSync(values.licences, texts(packages));
    const odd = packages.filter(({ license }) => license === undefined || !permissive.has(license));
    process.stdout.write(`\n${packages.length} packages, ${odd.length} with a licence to look at\n`);
    for (const { name, license } of odd)
      process.stderr.write(`${name} is under ${license ?? 'no licence that it names'}: may it be bundled?\n`);
    if (odd.length > 0) process.exitCode = 1;
  },
  2,
);

/** https://cyclonedx.org/docs/1.6/json/ */
function cycloneDx(packages: readonly BundledPackage[]): object {
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { type: 'application', name: 'daypass', 'bom-ref': 'daypass' } },
    components: packages.map(({ name, version, license, in: places }) => {
      const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
      return {
        type: 'library',
        'bom-ref': purl,
        name,
        version,
        purl,
        ...(license !== undefined && { licenses: [{ license: { id: license } }] }),
        properties: places.map((value) => ({ name: 'daypass:bundled-in', value })),
      };
    }),
  };
}

function texts(packages: readonly BundledPackage[]): string {
  return packages
    .map(
      ({ name, version, license, text }) =>
        `${name} ${version} (${license})\n\n${text ?? 'Its package has no licence file.'}\n`,
    )
    .join(`\n${'-'.repeat(72)}\n\n`);
}
