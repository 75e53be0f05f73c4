import type { chatRoutes } from '../../core/contract/chat/chat-routes.ts';
import type { AnswerOf } from '../api.ts';

/** As `GET /v1/models` lists it. */
export type Model = AnswerOf<typeof chatRoutes.listModels>['data'][number];
export type ChatModel = Extract<Model, { kind: 'chat' }>;
export type EmbeddingModel = Extract<Model, { kind: 'embedding' }>;

export const isChatModel = (model: Model): model is ChatModel => model.kind === 'chat';

/** What people choose a model by, besides its size and its price. */
export const abilities = ['images', 'documents', 'tools', 'json', 'reasoning'] as const;
export type Ability = (typeof abilities)[number];

export const abilitiesOf = (model: ChatModel): Ability[] =>
  abilities.filter((ability) => can[ability](model));

const can: Record<Ability, (model: ChatModel) => boolean> = {
  images: ({ accepts }) => accepts.includes('images'),
  documents: ({ accepts }) => accepts.includes('documents'),
  tools: ({ accepts }) => accepts.includes('tools'),
  json: ({ structured_output }) => structured_output !== 'none',
  reasoning: ({ reasoning_effort }) => reasoning_effort,
};

/** The plans whose keys may call the model: all of them, or those by name. */
export function plansOf(
  { id }: Pick<Model, 'id'>,
  plans: readonly { name: string; models: readonly string[] | null }[],
): 'all' | string[] {
  const taking = plans.filter(({ models }) => models === null || models.includes(id));
  return taking.length === plans.length ? 'all' : taking.map(({ name }) => name);
}
