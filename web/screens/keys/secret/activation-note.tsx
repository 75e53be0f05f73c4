import { CircleCheck, LoaderCircle } from 'lucide-react';
import type { Key } from '../key.ts';

/** Whether calls with a key work yet. API Gateway takes its time to spread it, and refuses it until then. */
export function ActivationNote({ status }: Pick<Key, 'status'>) {
  return (
    <p role="status" className="flex items-start gap-2 text-ink-soft">
      {status === 'activating' ? (
        <>
          <LoaderCircle aria-hidden className="mt-0.5 size-4 shrink-0 animate-spin text-warning" />
          <span>
            <strong className="font-medium text-ink">Activating.</strong> API Gateway takes up to a minute to
            let the key in everywhere; a call may be refused until then.
          </span>
        </>
      ) : (
        <>
          <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-success" />
          <span>
            <strong className="font-medium text-ink">Active.</strong> Calls with the key work now.
          </span>
        </>
      )}
    </p>
  );
}
