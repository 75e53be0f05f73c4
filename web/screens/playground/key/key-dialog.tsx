import { KeyForm } from '../../../key-in-hand/key-form.tsx';
import type { HeldKey } from '../../../key-in-hand/key-in-hand.ts';
import { t } from '../../../language/t.ts';
import { Dialog } from '../../../parts/overlays/dialog.tsx';
import { OwnKeySelect } from './own-key-select.tsx';

interface KeyDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  heldKey: HeldKey;
}

/** Another of the user's own, or one that somebody has given them. */
export function KeyDialog({ open, onOpenChange, heldKey }: KeyDialogProps) {
  const close = () => onOpenChange(false);
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('Use another key')}
      description={t('Your conversation stays. The next question uses the new key.')}
    >
      <div className="flex flex-col gap-6">
        <OwnKeySelect label={t('One of your keys')} heldKey={heldKey} onChosen={close} />
        <KeyForm onHeld={close} />
      </div>
    </Dialog>
  );
}
