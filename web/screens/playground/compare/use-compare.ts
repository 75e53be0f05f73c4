import { useSyncExternalStore } from 'react';
import type { HeldKey } from '../../../key-in-hand/key-in-hand.ts';
import type { ChatModel } from '../../../models/model-facts.ts';
import { isUnderWay } from '../answer/answer.ts';
import { useAsk } from '../question/use-ask.ts';
import { useModelChoice } from '../settings/use-model-choice.ts';
import { usePlayground, useStored } from '../use-playground.ts';

/** A second model that answers the same questions, each with a call of its own. */
export function useCompare(heldKey: HeldKey) {
  const { compared, comparedModel, conversations } = usePlayground();
  const { offered, chosen, isSettled } = useModelChoice(heldKey);
  const name = useStored(comparedModel);
  const { turns } = useSyncExternalStore(compared.subscribe, compared.state);
  const model: ChatModel | undefined = offered.find(({ id }) => id === name);
  const ask = useAsk(heldKey, model, compared);
  const last = turns.at(-1)?.answer;
  return {
    /** Undefined: nothing is compared. */
    model,
    offered,
    turns,
    ask,
    isBusy: last !== undefined && isUnderWay(last),
    choose: (next: string) => comparedModel.set(next),
    /** Before, the second could turn out to be one that the key can't call, or the first itself. */
    canStart: isSettled && chosen !== undefined,
    /** Both begin with nothing, so that they are asked the same. */
    start() {
      conversations.startNew();
      compared.clear();
      comparedModel.set((offered.find(({ id }) => id !== chosen) ?? offered[0])?.id);
    },
    end() {
      compared.clear();
      comparedModel.set(undefined);
    },
    startNew: compared.clear,
    stop: compared.stop,
  };
}

export type Compare = ReturnType<typeof useCompare>;
