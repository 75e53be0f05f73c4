import type { ReactNode } from 'react';
import { t } from '../../language/t.ts';
import { PageHeader } from '../../parts/page-header.tsx';

export function PlaygroundHeader({ actions }: { actions?: ReactNode }) {
  return (
    <PageHeader
      title={t('Playground')}
      description={t('Chat with a model using one of your keys.')}
      actions={actions}
    />
  );
}
