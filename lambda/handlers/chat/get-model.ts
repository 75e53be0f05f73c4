import { describeModel } from '../../../core/chat/describe-model.ts';
import { findModel } from '../../../core/find-model.ts';
import { catalog } from '../../catalog.ts';
import { jsonRoute } from '../../http/pipeline.ts';

/** GET /v1/models/{id} */
export const handler = jsonRoute({}, async ({ pathParameters }) => ({
  status: 200,
  body: describeModel(
    findModel([...catalog.models, ...catalog.embeddingModels], pathParameters.id ?? ''),
    catalog.chat,
  ),
}));
