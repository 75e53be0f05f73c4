import { describeModel } from '../../../core/chat/describe-model.ts';
import { catalog } from '../../catalog.ts';
import { jsonRoute } from '../../http/pipeline.ts';

/** GET /v1/models */
export const handler = jsonRoute({}, async () => ({
  status: 200,
  body: {
    object: 'list',
    data: [...catalog.models, ...catalog.embeddingModels].map((model) => describeModel(model, catalog.chat)),
  },
}));
