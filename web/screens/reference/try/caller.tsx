import { KeyForm } from '../../../key-in-hand/key-form.tsx';
import { maskedKey } from '../../../key-in-hand/key-secret.ts';
import { Button } from '../../../parts/buttons/button.tsx';
import { useMe } from '../../../shell/use-me.ts';
import type { Access } from '../operations.ts';

interface CallerProps {
  access: Access;
  secret: string | undefined;
  onDropKey: () => void;
}

/** Who the call is made as. */
export function Caller({ access, secret, onDropKey }: CallerProps) {
  const email = useMe().data?.email;
  if (access === 'public') return null;
  if (access === 'key') {
    if (secret === undefined) return <KeyForm />;
    return (
      <p className="flex flex-wrap items-center justify-between gap-2 text-ink-soft text-sm">
        <span>
          Using the key <code className="font-mono text-xs">{maskedKey(secret)}</code>
        </span>
        <Button size="small" variant="ghost" onClick={onDropKey}>
          Use another key
        </Button>
      </p>
    );
  }
  return (
    <p className="wrap-anywhere text-ink-soft text-sm">
      {access !== 'session' ? 'Using your login' : 'Using this browser’s session'}
      {email !== undefined && `, as ${email}`}. This is a real call, and so are the changes it makes.
    </p>
  );
}
