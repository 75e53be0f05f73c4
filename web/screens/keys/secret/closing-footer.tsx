import { useEffect, useRef } from 'react';
import { t } from '../../../language/t.ts';
import { Button } from '../../../parts/buttons/button.tsx';

interface ClosingFooterProps {
  /** Whether the user is about to close the dialog, which can't be reopened. */
  asks: boolean;
  onClose: () => void;
  onStay: () => void;
  onLeave: () => void;
}

/** Asks in the dialog's own footer, so that the key stays visible while the user decides. */
export function ClosingFooter({ asks, onClose, onStay, onLeave }: ClosingFooterProps) {
  const safe = useRef<HTMLButtonElement>(null);
  const asked = useRef(asks);
  useEffect(() => {
    // The focused button is gone: focus the one that loses nothing.
    if (asked.current !== asks) safe.current?.focus();
    asked.current = asks;
  }, [asks]);
  if (!asks) {
    return (
      <Button key="done" ref={safe} onClick={onClose}>
        {t('Done')}
      </Button>
    );
  }
  return (
    <>
      <p role="alert" className="order-last min-w-0 flex-1 self-center sm:order-none">
        <strong className="font-medium">{t('Have you saved the key?')}</strong>{' '}
        <span className="text-ink-soft">{t('Once you close this, it can’t be shown again.')}</span>
      </p>
      <Button key="stay" ref={safe} onClick={onStay}>
        {t('Keep this open')}
      </Button>
      <Button variant="primary" onClick={onLeave}>
        {t('I’ve saved it')}
      </Button>
    </>
  );
}
