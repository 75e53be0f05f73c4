import { KeyForm } from '../../../key-in-hand/key-form.tsx';
import { maskedKey } from '../../../key-in-hand/key-value.ts';
import { Button } from '../../../parts/buttons/button.tsx';
import { useMe } from '../../../shell/use-me.ts';
import type { Access } from '../operations.ts';

interface CallerProps {
  access: Access;
  keyValue: string | undefined;
  onDropKey: () => void;
}

/** Who the call is made as. */
export function Caller({ access, keyValue, onDropKey }: CallerProps) {
  const email = useMe().data?.email;
  if (access === 'public') return null;
  if (access === 'key') {
    if (keyValue === undefined) return <KeyForm />;
    return (
      <p className="flex flex-wrap items-center justify-between gap-2 text-ink-soft text-sm">
        <span>
          Using the key <code className="font-mono text-xs">{maskedKey(keyValue)}</code>
        </span>
        <Button size="small" variant="ghost" onClick={onDropKey}>
          Use another key
        </Button>
      </p>
    );
  }
  return (
    <p className="wrap-anywhere text-ink-soft text-sm">
      {access === 'login' ? 'Using your login' : 'Using this browser’s session'}
      {email !== undefined && `, as ${email}`}. This is a real call, and so are the changes it makes.
    </p>
  );
}
