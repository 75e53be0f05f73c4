import { brotliDecompressSync } from 'node:zlib';
import { jsonRoute } from '../../http/pipeline.ts';

/** Replaced when the function is bundled: see lib/constructs/functions/esbuild-options.ts. */
declare const DAYPASS_OPENAPI: string;

const document: unknown = JSON.parse(brotliDecompressSync(Buffer.from(DAYPASS_OPENAPI, 'base64')).toString());

/** GET /v1/openapi.json: the routes that this deployment has. */
export const handler = jsonRoute({}, async () => ({ status: 200, body: document }));
