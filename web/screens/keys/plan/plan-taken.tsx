import { Alert } from '../../../parts/alert.tsx';
import { Button } from '../../../parts/buttons/button.tsx';
import { LinkButton } from '../../../parts/buttons/link-button.tsx';
import type { Key } from '../key.ts';

interface PlanTakenProps {
  plan: string;
  /** The keys that hold the plan's places. */
  holders: readonly Key[];
  /** Whether a key was asked for all the same. */
  isRefused: boolean;
  /** A plan with room; undefined when there is none. */
  other: string | undefined;
  onPick: (plan: string) => void;
}

/** Why there is no room on a plan, and the ways out. */
export function PlanTaken({ plan, holders, isRefused, other, onPick }: PlanTakenProps) {
  const [first] = holders;
  if (first === undefined) return null;
  const one = holders.length === 1;
  return (
    <Alert
      tone={isRefused ? 'danger' : 'warning'}
      title={one ? `You already have a key on ${plan}` : `You already have ${holders.length} keys on ${plan}`}
      action={
        <div className="flex flex-wrap gap-2">
          {other !== undefined && (
            <Button size="small" onClick={() => onPick(other)}>
              Use {other} instead
            </Button>
          )}
          {holders.map((key) => (
            <LinkButton key={key.id} size="small" to={`/keys/${key.id}`}>
              <span className="max-w-48 truncate">Go to {key.name}</span>
            </LinkButton>
          ))}
        </div>
      }
    >
      {one
        ? `“${first.name}” (…${first.last4}) has the plan’s only place. `
        : 'They have all the places of the plan. '}
      Lost its value? Rotate it and get a new one. No longer needed? Revoke it, and the place is free.
      {other !== undefined && ' Or pick another plan.'}
    </Alert>
  );
}
