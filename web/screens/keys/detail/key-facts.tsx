import type { ReactNode } from 'react';
import { KeyStatus } from '../../../key-status.tsx';
import { limitWords } from '../../../limit-words.ts';
import { Card } from '../../../parts/card.tsx';
import { dateAndTimeWords } from '../../../time-words.ts';
import type { Key } from '../key.ts';

export function KeyFacts({ of: key }: { of: Key }) {
  const { limits } = key;
  const words = limitWords(limits).join(', ');
  return (
    <Card title="Details">
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2.5">
        <Fact name="Status">
          <KeyStatus status={key.status} />
        </Fact>
        <Fact name="Secret">
          <span className="font-mono text-sm">…{key.last4}</span>
        </Fact>
        <Fact name="Plan">{key.plan}</Fact>
        {words !== '' && <Fact name="Limits">{words}</Fact>}
        {limits.perClient !== null && (
          <Fact name="Each client">{limitWords(limits.perClient).join(', ')}</Fact>
        )}
        <Fact name="Models">{key.models?.join(', ') ?? 'All'}</Fact>
        <Fact name="Allowed hosts">{key.allowedHosts?.join(', ') ?? 'Any'}</Fact>
        {key.requiresProviderKey && <Fact name="Provider key">Required</Fact>}
        <Fact name="Created">{dateAndTimeWords(Date.parse(key.createdAt))}</Fact>
        <Fact name="Last used">{timeOrNever(key.lastUsedAt)}</Fact>
        <Fact name="Expires">{timeOrNever(key.expiresAt)}</Fact>
        <Fact name="ID">
          <span className="font-mono text-sm">{key.id}</span>
        </Fact>
      </dl>
    </Card>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-faint">{name}</dt>
      <dd className="wrap-anywhere min-w-0">{children}</dd>
    </>
  );
}

const timeOrNever = (time: string | null) => (time === null ? 'Never' : dateAndTimeWords(Date.parse(time)));
