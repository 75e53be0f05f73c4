import { KeyRound } from 'lucide-react';
import { Card } from '../../parts/card.tsx';
import { Chat } from './chat.tsx';
import { KeyForm } from './key-form.tsx';
import { PlaygroundHeader } from './playground-header.tsx';
import { useHeldKey } from './use-playground.ts';

export function PlaygroundScreen() {
  const heldKey = useHeldKey();
  return heldKey === undefined ? <WithoutKey /> : <Chat heldKey={heldKey} />;
}

function WithoutKey() {
  return (
    <>
      <PlaygroundHeader />
      <div className="mx-auto max-w-lg">
        <Card>
          <span className="flex size-11 items-center justify-center rounded-lg bg-accent-soft text-accent">
            <KeyRound aria-hidden className="size-5" />
          </span>
          <h2 className="mt-4 font-semibold text-lg tracking-tight">Which key shall be used?</h2>
          <p className="mt-1 mb-5 text-ink-soft">
            Each question is one request of the key’s plan. A key is shown once, when it is made, so the
            playground can’t look it up: paste it here.
          </p>
          <KeyForm />
        </Card>
      </div>
    </>
  );
}
