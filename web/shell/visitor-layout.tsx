import { Outlet } from 'react-router';
import { Toaster } from '../parts/overlays/toasts/toaster.tsx';
import { Brand } from './brand.tsx';
import { useConsole } from './console-context.ts';
import { HomeLink } from './home-link.tsx';
import { SiteFoot } from './site/site-links.tsx';

/** Around screens for whoever has a link to them, logged in or not. */
export function VisitorLayout() {
  const { config } = useConsole();
  return (
    <>
      <div className="flex min-h-[calc(100dvh-var(--offline-height))] flex-col px-5">
        <header className="flex h-16 items-center">
          <HomeLink>
            <Brand stage={config.stage} />
          </HomeLink>
        </header>
        <main
          id="main"
          tabIndex={-1}
          className="mx-auto flex w-full max-w-xl flex-1 flex-col justify-center pb-24 outline-none"
        >
          <Outlet />
        </main>
        <SiteFoot />
      </div>
      <Toaster />
    </>
  );
}
