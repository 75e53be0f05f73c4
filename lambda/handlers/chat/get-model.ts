import { describeForAnthropic, describeModel } from '../../../core/chat/describe-model.ts';
import { findChatModel, findModel } from '../../../core/find-model.ts';
import { catalog } from '../../catalog.ts';
import { jsonRoute } from '../../http/pipeline.ts';

const allModels = [...catalog.models, ...catalog.embeddingModels];

/** GET /v1/models/{id}, in the shape of the API whose client asks. */
export const handler = jsonRoute({}, async ({ pathParameters: { id = '' }, headers }) => ({
  status: 200,
  body:
    headers['anthropic-version'] === undefined
      ? describeModel(findModel(allModels, id), catalog.chat)
      : describeForAnthropic(findChatModel(catalog, id)),
}));
