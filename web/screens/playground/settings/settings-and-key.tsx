import type { HeldKey } from '../../../key-in-hand/key-in-hand.ts';
import { KeyCard } from '../key/key-card.tsx';
import { SettingsPanel } from './settings-panel.tsx';

interface SettingsAndKeyProps {
  heldKey: HeldKey;
  onChangeKey: () => void;
}

/** Beside the chat, or in a dialog on narrow screens. */
export function SettingsAndKey({ heldKey, onChangeKey }: SettingsAndKeyProps) {
  return (
    <div className="flex flex-col gap-6">
      <SettingsPanel heldKey={heldKey} />
      <KeyCard heldKey={heldKey} onChangeKey={onChangeKey} />
    </div>
  );
}
