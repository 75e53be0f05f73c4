import { useEffect, useRef } from 'react';
import { Button } from '../../../parts/buttons/button.tsx';

interface ClosingFooterProps {
  /** Whether somebody is about to close what can't be opened again. */
  asks: boolean;
  onAsk: () => void;
  onStay: () => void;
  onLeave: () => void;
}

/** Asks in the dialog's own foot: what is about to be lost stays in sight while one answers. */
export function ClosingFooter({ asks, onAsk, onStay, onLeave }: ClosingFooterProps) {
  const safe = useRef<HTMLButtonElement>(null);
  const asked = useRef(asks);
  useEffect(() => {
    // The button that had the focus is gone; the one that loses nothing takes its place.
    if (asked.current !== asks) safe.current?.focus();
    asked.current = asks;
  }, [asks]);
  if (!asks) {
    return (
      <Button key="done" ref={safe} variant="primary" onClick={onAsk}>
        Done
      </Button>
    );
  }
  return (
    <>
      <p role="alert" className="order-last min-w-0 flex-1 self-center sm:order-none">
        <strong className="font-medium">Have you saved the key?</strong>{' '}
        <span className="text-ink-soft">Once closed, nobody can show it again.</span>
      </p>
      <Button key="stay" ref={safe} onClick={onStay}>
        Go back
      </Button>
      <Button variant="primary" onClick={onLeave}>
        I have saved it
      </Button>
    </>
  );
}
