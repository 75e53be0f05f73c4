import { ConfirmByTyping } from '../../../parts/overlays/confirm-by-typing.tsx';
import type { Operation } from '../operations.ts';

interface ConfirmCallProps {
  operation: Operation;
  /** The path, filled in. */
  target: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onConfirm: () => void;
}

/** A reference is read by people who only look around. */
export function ConfirmCall({ operation, target, open, onOpenChange, onConfirm }: ConfirmCallProps) {
  return (
    <ConfirmByTyping
      open={open}
      onOpenChange={onOpenChange}
      title={`Send DELETE ${target}?`}
      description={`${operation.summary}. This is a real call, and nothing brings back what it deletes.`}
      phrase={operation.id}
      confirmLabel="Send"
      onConfirm={() => {
        onOpenChange(false);
        onConfirm();
      }}
      busy={false}
    />
  );
}
