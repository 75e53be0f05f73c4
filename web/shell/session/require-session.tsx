import type { ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router';
import { t } from '../../language/t.ts';
import { DocumentTitle } from '../../parts/document-title.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { useConsole, useSessionState } from '../console-context.ts';
import { ShellSkeleton } from '../shell-skeleton.tsx';
import { logInPath } from './return-path.ts';

/** Lets in logged-in users, and sends everyone else to log in and back. */
export function RequireSession({ children }: { children: ReactNode }) {
  const { config, session } = useConsole();
  const { status, error } = useSessionState();
  const { pathname, search, hash } = useLocation();
  switch (status) {
    case 'starting':
      return <ShellSkeleton />;
    case 'unreachable':
      return (
        <main id="main" className="flex min-h-dvh items-center justify-center">
          <DocumentTitle>{t('No connection')}</DocumentTitle>
          <h1 className="sr-only">{config.site.name}</h1>
          <ErrorState
            title={t('The console can’t reach the service')}
            error={error}
            onRetry={() => void session.start()}
          />
        </main>
      );
    case 'logged-out':
      return <Navigate to={logInPath(pathname + search + hash)} replace />;
    default:
      return children;
  }
}
