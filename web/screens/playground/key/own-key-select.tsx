import { type HeldKey, keyInHand } from '../../../key-in-hand/key-in-hand.ts';
import { chooseOwnKey } from '../../../key-in-hand/own-key-choice.ts';
import { type OwnKey, useOwnKeys } from '../../../key-in-hand/use-own-keys.ts';
import { t } from '../../../language/t.ts';
import { Select } from '../../../parts/forms/select.tsx';
import { useConsole } from '../../../shell/console-context.ts';

interface OwnKeySelectProps {
  label: string;
  heldKey: HeldKey;
  onChosen?: () => void;
}

/** The user's own keys, each with its plan and what is left of the day. Nothing if they have none. */
export function OwnKeySelect({ label, heldKey, onChosen }: OwnKeySelectProps) {
  const hand = keyInHand(useConsole());
  const keys = useOwnKeys().data ?? [];
  if (keys.length === 0) return null;
  const choose = (keyId: string) => {
    hand.drop();
    chooseOwnKey(keyId, keys);
    onChosen?.();
  };
  return (
    <Select
      label={label}
      options={[
        ...(heldKey.keyId === undefined ? [{ value: '', label: t('A pasted key') }] : []),
        ...keys.map((key) => ({ value: key.id, label: key.name, detail: detailOf(key) })),
      ]}
      value={heldKey.keyId ?? ''}
      onChange={choose}
    />
  );
}

function detailOf({ plan, remaining }: OwnKey): string {
  if (remaining === null) return t('{plan}, no limit a day', { plan });
  return t('{plan}, {count, number} left today', { plan, count: remaining });
}
