import { describeForAnthropic, describeModel } from '../../../core/chat/describe-model.ts';
import { catalog } from '../../catalog.ts';
import { jsonRoute } from '../../http/pipeline.ts';

const { models, embeddingModels, chat: settings } = catalog;

/** GET /v1/models, in the shape of the API whose client asks. */
export const handler = jsonRoute({}, async ({ headers }) => ({
  status: 200,
  body: headers['anthropic-version'] === undefined ? forOpenAi() : forAnthropic(),
}));

function forOpenAi() {
  return {
    object: 'list',
    data: [...models, ...embeddingModels].map((model) => describeModel(model, settings)),
  };
}

/** Its clients can't embed. */
function forAnthropic() {
  const data = models.map(describeForAnthropic);
  return { data, first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null, has_more: false };
}
