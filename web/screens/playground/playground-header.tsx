import type { ReactNode } from 'react';
import { PageHeader } from '../../parts/page-header.tsx';

export function PlaygroundHeader({ actions }: { actions?: ReactNode }) {
  return (
    <PageHeader
      title="Playground"
      description="Chat with a model using one of your keys."
      actions={actions}
    />
  );
}
