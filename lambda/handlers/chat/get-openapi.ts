import { openApiDocument } from '../../../core/contract/openapi.ts';
import { jsonRoute } from '../../http/pipeline.ts';

const document = openApiDocument();

/** GET /v1/openapi.json */
export const handler = jsonRoute({}, async () => ({ status: 200, body: document }));
