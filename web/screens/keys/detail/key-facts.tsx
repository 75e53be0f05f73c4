import type { ReactNode } from 'react';
import { isLive, type Key } from '../../../keys/key.ts';
import { KeyStatus } from '../../../keys/key-status.tsx';
import { t } from '../../../language/t.ts';
import { dateAndTimeWords } from '../../../language/time-words.ts';
import { limitWords } from '../../../limit-words.ts';
import { CopyButton } from '../../../parts/buttons/copy-button.tsx';
import { Card } from '../../../parts/card.tsx';

export function KeyFacts({ of: key }: { of: Key }) {
  const { limits } = key;
  const words = limitWords(limits).join(', ');
  return (
    <Card title={t('Details')}>
      <dl className="grid grid-cols-[6.5rem_1fr] gap-x-4 sm:grid-cols-[auto_1fr] sm:gap-x-6 gap-y-2.5">
        <Fact name={t('Status')}>
          <KeyStatus status={key.status} />
        </Fact>
        <Fact name={t('Secret')}>
          <span className="font-mono text-sm">…{key.last4}</span>
        </Fact>
        <Fact name={t('Plan')}>{key.plan}</Fact>
        {words !== '' && <Fact name={t('Limits')}>{words}</Fact>}
        {limits.perClient !== null && (
          <Fact name={t('Each client')}>{limitWords(limits.perClient).join(', ')}</Fact>
        )}
        <Fact name={t('Models')}>{key.models?.join(', ') ?? t('All')}</Fact>
        <Fact name={t('Allowed hosts')}>{key.allowedHosts?.join(', ') ?? t('Any')}</Fact>
        {key.requiresProviderKey && <Fact name={t('Provider key')}>{t('Required')}</Fact>}
        <Fact name={t('Created')}>{dateAndTimeWords(Date.parse(key.createdAt))}</Fact>
        <Fact name={t('Last used')}>{timeOrNever(key.lastUsedAt)}</Fact>
        <Fact name={t('Expires')}>{timeOrNever(key.expiresAt)}</Fact>
        <Fact name={t('ID')}>
          <Copied text={key.id} label={t('Copy ID')} />
        </Fact>
        {isLive(key) && (
          <>
            <Fact name={t('Base URL, OpenAI')}>
              <Copied text={`${location.origin}/v1`} label={t('Copy base URL for OpenAI’s SDK')} />
            </Fact>
            <Fact name={t('Base URL, Anthropic')}>
              <Copied text={location.origin} label={t('Copy base URL for Anthropic’s SDK')} />
            </Fact>
          </>
        )}
      </dl>
    </Card>
  );
}

function Copied({ text, label }: { text: string; label: string }) {
  return (
    <span className="-my-1 flex min-w-0 items-center gap-1">
      <code className="wrap-anywhere min-w-0 font-mono text-sm">{text}</code>
      <CopyButton text={text} label={label} />
    </span>
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

const timeOrNever = (time: string | null) =>
  time === null ? t('Never') : dateAndTimeWords(Date.parse(time));
