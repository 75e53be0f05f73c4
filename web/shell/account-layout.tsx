import { Navigate, Outlet, useSearchParams } from 'react-router';
import { Brand } from './brand.tsx';
import { useConsole, useSessionState } from './console-context.ts';
import { HomeLink } from './home-link.tsx';
import { OtherLanguages } from './other-languages.tsx';
import { PlansPanel } from './plans-panel.tsx';
import { usePrefetchAtRest } from './prefetch/use-prefetch.ts';
import { returnPath } from './session/return-path.ts';
import { SiteFoot } from './site/site-links.tsx';

/** Around sign-up, login and password reset. Sends users who are already logged in to their destination. */
export function AccountLayout() {
  const { config } = useConsole();
  const { status } = useSessionState();
  const [search] = useSearchParams();
  const next = returnPath(search.get('next'));
  usePrefetchAtRest([new URL(next, location.origin).pathname]);
  if (status === 'logged-in') return <Navigate to={next} replace />;
  return (
    <div className="grid min-h-[calc(100dvh-var(--offline-height))] lg:grid-cols-[minmax(0,1fr)_minmax(0,26rem)] xl:grid-cols-[minmax(0,1fr)_minmax(0,32rem)]">
      <div className="flex flex-col px-5 sm:px-10">
        <header className="flex h-16 items-center justify-between gap-4">
          <HomeLink>
            <Brand stage={config.stage} />
          </HomeLink>
          <OtherLanguages />
        </header>
        <main
          id="main"
          tabIndex={-1}
          className="flex flex-1 flex-col items-center pt-6 pb-16 outline-none sm:justify-center sm:pt-0"
        >
          <Outlet />
        </main>
        <SiteFoot />
      </div>
      <PlansPanel />
    </div>
  );
}
