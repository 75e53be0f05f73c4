/**
 * Who may import what; docs/architecture.md has the same as a table. `npm run import-rules` checks it, with imports of
 * types counted as imports.
 */

/** Files in `from` may import of this project only what `mayImport` matches. */
const room = (name, from, mayImport, to = {}) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: '^(bin|lib|core|lambda|local|web)/', pathNot: mayImport, ...to },
});

/** The landing page is written at synth, in the console's words. */
const wording = 'web/language/|web/(limit-words|models/listing-words)\\.ts$';

const forbidden = (name, from, to) => ({ name, severity: 'error', from, to });

export default {
  forbidden: [
    // Commands that move a deployment's records know what the table and API Gateway hold.
    room(
      'bin',
      '^bin/',
      '^((bin|lib|core)/|lambda/adapters/(table|api-gateway/key-prefix)\\.ts$|local/start/machine-checks\\.ts$)',
    ),
    room(
      'lib-values',
      '^lib/',
      `^(lib/|core/contract/|core/(errors|plans|mail/code-mail|metering/windows)\\.ts$|${wording})`,
      {
        dependencyTypesNot: ['type-only'],
      },
    ),
    room('lib-types', '^lib/', `^(lib/|core/|lambda/env\\.ts$|${wording})`),
    room('core', '^core/', '^core/'),
    // A provider's API is known in its two folders alone, and where providers are chosen.
    forbidden(
      'providers',
      {
        path: '^(core|lambda)/',
        pathNot: '^(core/providers/|lambda/adapters/[^/]+/|lambda/(other-)?providers\\.ts$)',
      },
      { path: '^core/providers/' },
    ),
    forbidden(
      'providers-apart',
      { path: '^(?:core/providers|lambda/adapters)/([^/]+)/' },
      { path: '^core/providers/', pathNot: '^core/providers/$1/' },
    ),
    room(
      'adapters',
      '^lambda/adapters/',
      '^(core|lambda/adapters)/|^lambda/(acting|call-time|request-ids)\\.ts$',
    ),
    room(
      'http',
      '^lambda/http/',
      '^(core|lambda/http)/|^lambda/(acting|call-time|log|metrics|request-ids)\\.ts$',
    ),
    // Handlers never import each other, and get adapters as ports from the file for their concern.
    room(
      'handlers',
      '^lambda/handlers/',
      '^(core|lambda/http)/|^lambda/((call-time|catalog|log|metrics|request-ids)|[^/]+-ports)\\.ts$',
    ),
    room('lambda', '^lambda/[^/]+$', '^(core/|lambda/(adapters|http)/|lambda/[^/]+$)'),
    forbidden(
      'lambda-folders',
      { path: '^lambda/.+/', pathNot: '^lambda/(adapters|http|handlers|zod)/' },
      {},
    ),
    room('zod', '^lambda/zod/', '^lambda/zod/'),
    // How each command reads its options.
    room('local', '^local/', '^(local/|bin/command\\.ts$)'),
    room('web-dev', '^web/build/dev\\.ts$', '^(web/build/|bin/command\\.ts$)'),
    room('web-parts', '^web/parts/', '^web/(parts/|language/|describe-error\\.ts$)'),
    room('web-language', '^web/language/', '^web/language/'),
    room(
      'web',
      '^web/(?!build/dev\\.ts$)',
      '^(web/|core/contract/|core/(errors|keys/key-limits|metering/windows)\\.ts$)',
    ),
    forbidden(
      'screens-apart',
      { path: '^web/', pathNot: '^web/(screens/|routes\\.tsx$)' },
      { path: '^web/screens/' },
    ),
    forbidden(
      'screens-apart-from-each-other',
      { path: '^web/screens/([^/]+)/' },
      { path: '^web/screens/', pathNot: '^web/screens/$1/' },
    ),
    forbidden('tests', { pathNot: '^(bench|test)/' }, { path: '^test/' }),
    forbidden('benchmarks', { pathNot: '^(bench|test/bench)/' }, { path: '^bench/' }),
    forbidden(
      'core-packages',
      { path: '^core/' },
      { pathNot: '^(core/|node_modules/zod/|(node:)?(crypto|zlib)$)' },
    ),
    forbidden(
      'sdks-in-adapters',
      { path: '^lambda/', pathNot: '^lambda/adapters/' },
      { path: '^node_modules/@(aws-sdk|smithy)/' },
    ),
    forbidden('no-cycles', {}, { circular: true }),
    // A name is imported from the file that defines it, so a file that passes on what another exports has no use.
    forbidden(
      'no-barrels',
      {},
      { path: '^(bin|lib|core|lambda|local|web|test|bench)/', dependencyTypes: ['export'] },
    ),
  ],
  options: {
    // The other parser, TypeScript's own, can't be version 7.
    parser: 'swc',
    doNotFollow: { path: '^node_modules/' },
    exclude: { path: '(^|/)(dist|cdk\\.out|\\.daypass)/' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.json'] },
  },
};
