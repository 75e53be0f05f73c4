import { Flame } from 'lucide-react';
import { ApiError } from '../../api-error.ts';
import { DocumentTitle } from '../../parts/document-title.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';

export const isGone = (error: unknown): boolean => error instanceof ApiError && error.code === 'not_found';

export function GoneMessage() {
  return (
    <>
      <DocumentTitle>Message gone</DocumentTitle>
      <h1 className="sr-only">Message gone</h1>
      <EmptyState icon={Flame} title="This message is gone">
        It was opened already, was taken back, or waited too long. If you have not read it, tell whoever sent
        it: someone else may have.
      </EmptyState>
    </>
  );
}
