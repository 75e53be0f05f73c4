import { KeyRound } from 'lucide-react';
import { KeyForm } from '../../key-in-hand/key-form.tsx';
import { useHeldKey } from '../../key-in-hand/use-held-key.ts';
import { Card } from '../../parts/card.tsx';
import { Chat } from './chat.tsx';
import { PlaygroundHeader } from './playground-header.tsx';
import { ReloadNote } from './reload-note.tsx';

export function PlaygroundScreen() {
  const heldKey = useHeldKey();
  return heldKey === undefined ? <WithoutKey /> : <Chat heldKey={heldKey} />;
}

function WithoutKey() {
  return (
    <>
      <PlaygroundHeader />
      <div className="mx-auto max-w-lg">
        <ReloadNote />
        <Card>
          <span className="flex size-11 items-center justify-center rounded-lg bg-accent-soft text-accent">
            <KeyRound aria-hidden className="size-5" />
          </span>
          <h2 className="mt-4 font-semibold text-lg tracking-tight">Choose a key</h2>
          <p className="mt-1 mb-5 text-ink-soft">
            Each question uses one request of the key’s plan. Keys are shown only once, so the playground
            can’t look yours up: paste it here.
          </p>
          <KeyForm />
        </Card>
      </div>
    </>
  );
}
