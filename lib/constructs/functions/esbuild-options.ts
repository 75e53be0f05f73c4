import { globSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import type { BuildOptions } from 'esbuild';
import type { Catalog } from '../../../core/catalog.ts';
import { hasSection } from '../../../core/contract/openapi/deployed-routes.ts';
import { openApiDocument } from '../../../core/contract/openapi/openapi-document.ts';
import type { RouteSection } from '../../../core/contract/route-contract.ts';
import { leanClients } from './lean-clients.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const noCredentialChain = join(root, 'lambda/adapters/no-credential-chain.ts');
const noEventStreams = join(root, 'lambda/adapters/no-event-streams.ts');

/**
 * CommonJS with ESM sources starts in half the time of an ESM bundle (61 against 126 ms measured). The SDK is
 * bundled too: the version tested is the version run. Names of functions are not kept, since that is a tenth of the bytes:
 * `npm run locate` finds the source of a frame in a log line.
 */
export const bundling = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  mainFields: ['module', 'main'],
  alias: {
    // A tenth of its bytes is enough for the contract: docs/decisions/0019-validation-in-bundles.md.
    zod: join(root, 'lambda/zod/zod.ts'),
    '@aws-sdk/credential-provider-node': noCredentialChain,
    '@aws-sdk/token-providers': noCredentialChain,
    '@smithy/core/event-streams': noEventStreams,
    '@aws-sdk/endpoint-cache': noEventStreams,
  },
  plugins: [leanClients],
  minify: true,
  // Such as a part of zod that lambda/zod doesn't have.
  logOverride: { 'import-is-undefined': 'error' },
} satisfies BuildOptions;

export const handlersFolder = join(root, 'lambda/handlers');

/** The first line of a bundle: its settings, so that other settings need no other bundles. */
export const settingsLine = (catalog: Catalog): string =>
  `"use strict";const DAYPASS_CATALOG=${JSON.stringify(catalog)};`;

/**
 * All handlers that these settings have a use for. Bundled at once, they take a quarter of the time that they take one by
 * one: what they share is read once.
 */
export function bundlingOfHandlers(catalog: Catalog) {
  return {
    ...bundling,
    entryPoints: globSync('*/*.ts', { cwd: handlersFolder })
      .filter((file) => catalog.billing !== undefined || !file.startsWith('billing/'))
      .map((file) => join(handlersFolder, file)),
    outdir: handlersFolder,
    write: false,
    banner: { js: settingsLine(catalog) },
    define: {
      DAYPASS_OPENAPI: JSON.stringify(openApi(catalog)),
      // Drop the code of other providers.
      ...(listsNone(catalog) && { DAYPASS_BEDROCK_ALONE: 'true' }),
      ...(asksConverseAlone(catalog) && { DAYPASS_CONVERSE_ALONE: 'true' }),
    },
    logLevel: 'warning',
  } satisfies BuildOptions;
}

/**
 * Compressed, it is a tenth of the size; Brotli's is a quarter smaller than deflate's. It is made here, since only zod itself can
 * write its schemas down.
 */
function openApi(catalog: Catalog): string {
  const { billing, logIn, serviceName } = catalog;
  const has = (section: RouteSection) => hasSection(section, { billing: billing !== undefined, logIn });
  const document = JSON.stringify(openApiDocument({ has, title: serviceName, names: exampleNames(catalog) }));
  const params = {
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    // The highest, 11, takes two seconds and saves a tenth.
    [constants.BROTLI_PARAM_QUALITY]: 9,
  };
  return brotliCompressSync(document, { params }).toString('base64');
}

/** So that the document's examples can be sent to this deployment. */
function exampleNames({ plans, models, embeddingModels }: Catalog) {
  return {
    plan: plans.find(({ selfService }) => selfService)?.name,
    model: models[0]?.name,
    countingModel: models.find(({ accepts }) => accepts.includes('token-counts'))?.name,
    embeddingModel: embeddingModels[0]?.name,
  };
}

const listsNone = ({ upstreams }: Catalog) => Object.keys(upstreams).length === 0;

const asksConverseAlone = (catalog: Catalog) =>
  listsNone(catalog) && catalog.models.every(({ provider }) => provider === 'bedrock');
