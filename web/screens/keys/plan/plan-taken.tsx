import type { Key } from '../../../keys/key.ts';
import { holdersOf, type Plan } from '../../../keys/plan-places.ts';
import { T } from '../../../language/rich-text.tsx';
import { t } from '../../../language/t.ts';
import { Alert } from '../../../parts/alert.tsx';
import { Button } from '../../../parts/buttons/button.tsx';
import { LinkButton } from '../../../parts/buttons/link-button.tsx';
import { TextLink } from '../../../parts/buttons/text-link.tsx';

interface PlanTakenProps {
  plan: string;
  /** The keys that hold the plan's places. */
  holders: readonly Key[];
  /** Whether the API has refused a key on this plan. */
  isRefused: boolean;
  /** A plan with a place left, if any. */
  other: string | undefined;
  onPick: (plan: string) => void;
}

/** Why a plan has no place left, and what to do about it. */
export function PlanTaken({ plan, holders, isRefused, other, onPick }: PlanTakenProps) {
  const [first] = holders;
  if (first === undefined) return null;
  const one = holders.length === 1;
  return (
    <Alert
      tone={isRefused ? 'danger' : 'warning'}
      title={t(
        '{count, plural, one {You already have a key on {plan}} other {You already have # keys on {plan}}}',
        { count: holders.length, plan },
      )}
      action={
        <div className="flex flex-wrap gap-2">
          {other !== undefined && (
            <Button size="small" onClick={() => onPick(other)}>
              {t('Use {plan} instead', { plan: other })}
            </Button>
          )}
          {holders.map((key) => (
            <LinkButton key={key.id} size="small" to={`/keys/${key.id}`}>
              <span className="max-w-48 truncate">{t('Go to {name}', { name: key.name })}</span>
            </LinkButton>
          ))}
        </div>
      }
    >
      {one
        ? t('The plan allows one key, and you have “{name}” (…{end}).', {
            name: first.name,
            end: first.last4,
          })
        : t('The plan allows no more.')}{' '}
      {t('Lost the secret? Rotate the key to get a new one. No longer need it? Revoke it to free its place.')}
      {other !== undefined && ` ${t('Or choose another plan.')}`}
    </Alert>
  );
}

interface PlansInUseProps {
  plans: readonly Plan[];
  liveKeys: readonly Key[];
  /** A link to another page is being followed. */
  onLeave?: () => void;
}

/** Why some plans can't be chosen, with the way to the keys that hold them. */
export function PlansInUse({ plans, liveKeys, onLeave }: PlansInUseProps) {
  const holders = plans.flatMap((plan) => holdersOf(plan, liveKeys));
  if (holders.length === 0) return null;
  return (
    <div className="text-ink-soft text-sm">
      <ul>
        {holders.map((key) => (
          <li key={key.id} className="wrap-anywhere">
            <T
              text="{plan} is in use by <link>{name}</link>."
              plan={key.plan}
              name={key.name}
              link={(name) => (
                <TextLink to={`/keys/${key.id}`} onClick={() => onLeave?.()}>
                  {name}
                </TextLink>
              )}
            />
          </li>
        ))}
      </ul>
      <p>
        {t(
          'Lost a secret? Rotate its key to get a new one. No longer need a key? Revoke it to free its place.',
        )}
      </p>
    </div>
  );
}
