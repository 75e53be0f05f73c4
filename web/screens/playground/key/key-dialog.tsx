import { KeyForm } from '../../../key-in-hand/key-form.tsx';
import { keyInHand } from '../../../key-in-hand/key-in-hand.ts';
import { Button } from '../../../parts/buttons/button.tsx';
import { Dialog } from '../../../parts/overlays/dialog.tsx';
import { useConsole } from '../../../shell/console-context.ts';

interface KeyDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function KeyDialog({ open, onOpenChange }: KeyDialogProps) {
  const hand = keyInHand(useConsole());
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Use another key"
      description="Your conversation stays. The next question uses the new key."
      footer={
        <Button
          variant="ghost"
          onClick={() => {
            onOpenChange(false);
            hand.drop();
          }}
        >
          Forget the current key
        </Button>
      }
    >
      <KeyForm onHeld={() => onOpenChange(false)} />
    </Dialog>
  );
}
