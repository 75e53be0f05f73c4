import { T } from '../../../language/rich-text.tsx';
import { t } from '../../../language/t.ts';
import { ConfirmByTyping } from '../../../parts/overlays/confirm-by-typing.tsx';
import type { Operation } from '../operations.ts';

interface ConfirmCallProps {
  operation: Operation;
  /** The path with its parameters filled in. */
  target: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onConfirm: () => void;
}

/** A safeguard for readers who are only looking around. */
export function ConfirmCall({ operation, target, open, onOpenChange, onConfirm }: ConfirmCallProps) {
  return (
    <ConfirmByTyping
      open={open}
      onOpenChange={onOpenChange}
      title={t('Send DELETE {target}?', { target })}
      description={
        <T
          text="{summary}. This is a real call, and what it deletes can’t be restored."
          summary={<span lang="en">{operation.summary}</span>}
        />
      }
      phrase={operation.id}
      confirmLabel={t('Send')}
      onConfirm={() => {
        onOpenChange(false);
        onConfirm();
      }}
      busy={false}
    />
  );
}
