import type { ReactNode } from 'react';
import { t } from '../../language/t.ts';
import { PageHeader } from '../../parts/page-header.tsx';

/** Stays in sight above a long conversation where the window has the room. */
export function PlaygroundHeader({ actions }: { actions?: ReactNode }) {
  return (
    <div
      data-sticky-head
      className="z-10 -mx-2 bg-canvas px-2 lg:-mt-9 lg:pt-6 lg:[@media(min-height:40rem)]:sticky lg:[@media(min-height:40rem)]:top-(--offline-height)"
    >
      <PageHeader
        title={t('Playground')}
        description={t('Chat with a model using one of your keys.')}
        actions={actions}
      />
    </div>
  );
}
