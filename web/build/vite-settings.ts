import { join } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import type { InlineConfig, Rolldown } from 'vite';
import { docPagePlugin } from './doc-page-plugin.ts';
import { routesAlone } from './routes-alone.ts';

const root = join(import.meta.dirname, '..');
const inWeb = (paths: string) => new RegExp(`[\\\\/]web[\\\\/](?:${paths.replaceAll('/', '[\\\\/]')})`);

/** Loaded when something opens, and never with a screen. */
const opened = '.*(?:-popup|toast-list|shown-tooltip)';
/** With what only some screens need. */
const ofFew =
  'build/|calls/|chart/|docs/|parts/(?:tabs|disclosure|data-table)|account/.*tsx|one-time-messages/|provider-keys/|screens/|main';

/**
 * A screen loads from a handful of files instead of some fifty, each of which costs a slow network a request, and hardly
 * more than it needs. Groups take what their modules import with them, so the order of their priorities matters.
 */
const chunks: Rolldown.CodeSplittingGroup[] = [
  { name: 'start', tags: ['$initial'], priority: 7 },
  { name: 'contract', test: contract, priority: 6, includeDependenciesRecursively: false },
  {
    name: 'chats',
    test: /[/]core[/]contract[/]chat[/].*(?:-request|-fields)\.ts/,
    priority: 5,
    includeDependenciesRecursively: false,
  },
  {
    name: 'requests',
    test: /[/]core[/].*(?:-requests?|-fields)\.ts/,
    priority: 5,
    minShareCount: 2,
    includeDependenciesRecursively: false,
  },
  { name: 'forms', test: /react-hook-form|@hookform|schema-resolver/, priority: 4 },
  { name: 'fields', test: inWeb(`parts/forms/(?!${opened})`), priority: 3 },
  { name: 'shared', test: inWeb(`(?!${opened}|${ofFew})`), minShareCount: 2, priority: 2 },
  { name: 'icons', test: /lucide-react/, minShareCount: 2, priority: 2 },
  { name: 'account', test: inWeb('account/.*tsx'), minShareCount: 2, priority: 1 },
  {
    name: 'keys',
    test: inWeb('(?:keys|screens/keys/(?!change|secret))/'),
    minShareCount: 2,
    priority: 1,
  },
  { name: 'calls', test: inWeb('(?:calls|chart)/'), minShareCount: 2, priority: 1 },
];

/** What most screens call. */
function contract(id: string): boolean {
  const path = /[\\/](core|lambda[\\/]zod)[\\/](.*)/.exec(id);
  return (
    path !== null &&
    !id.includes('node_modules') &&
    !/^contract.(routes|openapi)\b|admin|-request|-fields|passkeys|one-time|billing|authenticator|messages/.test(
      path[2] ?? '',
    )
  );
}

/** Reproducible: nothing of the machine or the time goes into the build. */
export function viteSettings(outputDirectory: string): InlineConfig {
  const common = settings(outputDirectory);
  return {
    ...common,
    plugins: [...common.plugins, docPagePlugin(), routesAlone()],
    build: {
      ...common.build,
      emptyOutDir: true,
      // Libraries mark their client components for rendering on a server, which we don't do.
      rolldownOptions: {
        checks: { moduleLevelDirective: false },
        treeshake: {
          manualPureFunctions: ['z'],
          moduleSideEffects: [{ test: /[/](?:core|lambda[/]zod)[/][^.]*\.ts$/, sideEffects: false }],
        },
        // Groups without what their modules import may import each other.
        output: { codeSplitting: { groups: chunks }, strictExecutionOrder: true },
      },
      // A highlighter of code and a chart are that large; what loads first has a budget of its own.
      chunkSizeWarningLimit: 600,
    },
  };
}

/** The landing page, which shares no file with the console, built beside it. */
export function landingSettings(outputDirectory: string): InlineConfig {
  const common = settings(outputDirectory);
  return {
    ...common,
    build: { ...common.build, copyPublicDir: false, rolldownOptions: { input: join(root, 'landing.html') } },
  };
}

function settings(outputDirectory: string) {
  return {
    configFile: false,
    root,
    logLevel: 'warn',
    plugins: [tailwindcss()],
    resolve: {
      alias: [
        // As in the bundles of functions: docs/decisions/0019-validation-in-bundles.md.
        { find: /^zod$/, replacement: join(root, '../lambda/zod/zod.ts') },
        // The package's own imports zod to tell its schemas from others.
        { find: '@hookform/resolvers/zod', replacement: join(import.meta.dirname, 'schema-resolver.ts') },
      ],
    },
    build: {
      outDir: outputDirectory,
      emptyOutDir: false,
      // For light-dark(): rewritten for older browsers, it would ignore the theme toggle.
      target: ['chrome123', 'edge123', 'firefox121', 'safari17.5'],
      // The content security policy allows no data: URLs for fonts and no inline scripts.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
    },
  } satisfies InlineConfig;
}
