import type { ReactNode } from 'react';
import { isLive, type Key } from '../../../keys/key.ts';
import { KeyStatus } from '../../../keys/key-status.tsx';
import { t } from '../../../language/t.ts';
import { TextLink } from '../../../parts/buttons/text-link.tsx';
import { KeyMenu, PlaygroundLink } from './key-menu.tsx';
import { KeyToday } from './key-used-today.tsx';
import { KeyExpires, KeyLastUsed } from './last-used-and-expiry.tsx';

/** The table's content for narrow screens, with nothing to scroll sideways. */
export function KeysCards({ keys }: { keys: readonly Key[] }) {
  return (
    <ul aria-label={t('Your API keys')} className="divide-y divide-line">
      {keys.map((key) => (
        <li key={key.id} className="px-4 py-3.5 sm:px-5">
          <div className="flex items-start justify-between gap-2">
            <div className="min-w-0">
              <p dir="auto" className="wrap-anywhere text-left">
                <TextLink to={`/keys/${key.id}`}>{key.name}</TextLink>
              </p>
              <p className="mt-1 flex flex-wrap items-center gap-x-2.5 gap-y-1">
                <KeyStatus status={key.status} />
                <span className="font-mono text-ink-faint text-xs">…{key.last4}</span>
              </p>
            </div>
            <div className="flex items-center">
              {isLive(key) && <PlaygroundLink of={key} />}
              <KeyMenu of={key} />
            </div>
          </div>
          <dl className="mt-3 grid grid-cols-2 gap-x-4 gap-y-2.5 sm:grid-cols-4">
            <Entry name={t('Plan')}>{key.plan}</Entry>
            {isLive(key) && (
              <Entry name={t('Used today (UTC)')}>
                <KeyToday of={key} />
              </Entry>
            )}
            <Entry name={t('Last used')}>
              <KeyLastUsed of={key} />
            </Entry>
            {key.status !== 'revoked' && (
              <Entry name={t('Expires')}>
                <KeyExpires of={key} />
              </Entry>
            )}
          </dl>
        </li>
      ))}
    </ul>
  );
}

function Entry({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-ink-faint text-xs">{name}</dt>
      <dd className="wrap-anywhere mt-0.5 text-sm">{children}</dd>
    </div>
  );
}
