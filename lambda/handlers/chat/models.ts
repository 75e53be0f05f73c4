import { describeForAnthropic, describeModel } from '../../../core/chat/describe-model.ts';
import type { chatRoutes } from '../../../core/contract/chat/chat-routes.ts';
import { findChatModel, findModel } from '../../../core/find-model.ts';
import { catalog } from '../../catalog.ts';
import { byRoute } from '../../http/by-route.ts';
import { jsonRoute } from '../../http/pipeline.ts';

const { models, embeddingModels, chat: settings } = catalog;
const allModels = [...models, ...embeddingModels];

const isForAnthropic = (headers: Record<string, string | undefined>) =>
  headers['anthropic-version'] !== undefined;

/** Anthropic's clients can't embed. */
function listForAnthropic() {
  const data = models.map(describeForAnthropic);
  return { data, first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null, has_more: false };
}

/** The models on offer, in the shape of the API whose client asks. */
export const handler = byRoute<Pick<typeof chatRoutes, 'listModels' | 'getModel'>>({
  'GET /v1/models': jsonRoute({}, async ({ headers }) => ({
    status: 200,
    body: isForAnthropic(headers)
      ? listForAnthropic()
      : { object: 'list', data: allModels.map((model) => describeModel(model, settings)) },
  })),
  'GET /v1/models/{id}': jsonRoute({}, async ({ pathParameters: { id = '' }, headers }) => ({
    status: 200,
    body: isForAnthropic(headers)
      ? describeForAnthropic(findChatModel(catalog, id))
      : describeModel(findModel(allModels, id), settings),
  })),
});
