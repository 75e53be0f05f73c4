import { useModels } from '../../../shell/use-models.ts';
import { usePlans } from '../../../shell/use-plans.ts';
import type { Operation } from '../operations.ts';
import type { ExampleWords } from '../schema/schema-example.ts';

const plain = {
  name: 'My first key',
  role: 'user',
  content: 'Say hello in five languages.',
  stream: true,
  max_tokens: 200,
};
const shown = ['stream', 'max_tokens'];

/** Example values, with a plan and a model of this deployment; undefined until those have loaded. */
export function useExampleWords({ body }: Operation): ExampleWords | undefined {
  const models = useModels();
  const plans = usePlans();
  if (body === undefined) return { values: {}, shown: [] };
  if (models.isPending || plans.isPending) return undefined;
  const model = models.data?.data[0]?.id;
  const plan = plans.data?.data.find(({ selfService }) => selfService)?.name;
  return {
    values: { ...plain, ...(model !== undefined && { model }), ...(plan !== undefined && { plan }) },
    shown,
  };
}
