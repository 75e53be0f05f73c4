import { Compass } from 'lucide-react';
import { LinkButton } from '../../parts/buttons/link-button.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { homePath } from '../../shell/return-path.ts';

export function NotFoundScreen() {
  return (
    <main id="main" tabIndex={-1} className="flex min-h-dvh flex-col justify-center outline-none">
      <title>Not found · Daypass</title>
      <h1 className="sr-only">Not found</h1>
      <EmptyState
        icon={Compass}
        title="Page not found"
        action={<LinkButton to={homePath}>Go to your keys</LinkButton>}
      >
        The address may be mistyped, or the page may have moved.
      </EmptyState>
    </main>
  );
}
