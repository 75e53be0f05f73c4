import { useConsole } from '../shell/console-context.ts';
import { keyInHand } from './key-in-hand.ts';
import { chooseOwnKey } from './own-key-choice.ts';

/** For links to the playground that say which of the user's keys it shall call with. */
export function useTakeToPlayground(): (keyId: string) => void {
  const hand = keyInHand(useConsole());
  return (keyId) => {
    hand.drop();
    // No key is newer than this moment.
    chooseOwnKey(keyId, [{ createdAt: new Date().toISOString() }]);
  };
}
