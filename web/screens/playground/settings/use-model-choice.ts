import type { HeldKey } from '../../../key-in-hand/key-in-hand.ts';
import { useStanding } from '../../../key-in-hand/use-standing.ts';
import { isChatModel } from '../../../models/model-facts.ts';
import { useModels } from '../../../shell/use-models.ts';
import { usePlans } from '../../../shell/use-plans.ts';
import { usePlayground, useStored } from '../use-playground.ts';

/** The chat models that the key may call, and the chosen one: the first until the user chooses. */
export function useModelChoice(key: HeldKey) {
  const models = useModels();
  const plans = usePlans();
  const { data: standing, isPending } = useStanding(key);
  const { model: wanted } = useStored(usePlayground().settings);
  const ofPlan = plans.data?.data.find(({ name }) => name === standing?.plan)?.models;
  const allowed = standing?.models ?? ofPlan;
  const offered = (models.data?.data ?? [])
    .filter(isChatModel)
    .filter(({ id }) => !allowed || allowed.includes(id));
  const chosen = offered.find(({ id }) => id === wanted) ?? offered[0];
  return {
    models,
    offered,
    chosen: chosen?.id,
    model: chosen,
    /** Nothing is still to come that would take models away. */
    isSettled: !models.isPending && !plans.isPending && !isPending,
  };
}
