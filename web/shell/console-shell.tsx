import { Outlet, useMatches } from 'react-router';
import { t } from '../language/t.ts';
import { onDemand, useOnDemand } from '../parts/on-demand.ts';
import { Toaster } from '../parts/overlays/toasts/toaster.tsx';
import { Brand } from './brand.tsx';
import { useConsole, useSessionState } from './console-context.ts';
import { AccountMenu } from './navigation/account-menu.tsx';
import { navigationFor } from './navigation/navigation.ts';
import { NavigationDrawer } from './navigation/navigation-drawer.tsx';
import { NavigationLinks } from './navigation/navigation-links.tsx';
import { PaletteButton, PaletteIconButton } from './palette/palette-button.tsx';
import { PaletteHost } from './palette/palette-host.tsx';
import { usePrefetchAtRest } from './prefetch/use-prefetch.ts';
import { isHintedLoggedIn } from './session/logged-in-hint.ts';
import { RequireSession } from './session/require-session.tsx';
import { firstKeyPath } from './session/return-path.ts';
import { useMe } from './session/use-me.ts';
import { FeedbackButton } from './site/feedback-button.tsx';
import { SiteLinks } from './site/site-links.tsx';
import { useFeedback } from './site/use-feedback.tsx';
import { VisitorFrame } from './visitor-frame.tsx';

const expiredDialog = onDemand(() =>
  import('./session/expired-dialog.tsx').then((module) => module.ExpiredDialog),
);

/** The frame of every screen for logged-in users. Visitors who are not logged in get another one, around public screens. */
export function ConsoleShell() {
  const { status, userId } = useSessionState();
  const isPublic = useMatches().some(({ handle }) => (handle as ScreenHandle | undefined)?.isPublic);
  const isVisitor = status === 'logged-out' || status === 'unreachable';
  if (isPublic && (isVisitor || (status === 'starting' && !isHintedLoggedIn()))) return <VisitorFrame />;
  return (
    <RequireSession>
      {/* Another user starts afresh: nothing that the first one typed stays on the screen. */}
      <Frame key={userId} />
    </RequireSession>
  );
}

/** What a route says of its screen. */
export interface ScreenHandle {
  /** Shown without a login too. */
  isPublic: true;
}

function Frame() {
  const { config } = useConsole();
  const groups = useMe().data?.groups ?? [];
  const screens = navigationFor(groups, config).flatMap(({ items }) => items.map(({ to }) => to));
  usePrefetchAtRest([...screens, firstKeyPath]);
  const feedback = useFeedback();
  const Expired = useOnDemand(expiredDialog, useSessionState().status === 'expired');
  return (
    <>
      <div className="flex min-h-[calc(100dvh-var(--offline-height))] flex-col lg:flex-row">
        <aside className="sticky top-(--offline-height) hidden h-[calc(100dvh-var(--offline-height))] w-60 shrink-0 flex-col border-line border-r bg-sunken lg:flex">
          <div className="flex h-14 items-center px-5">
            <Brand stage={config.stage} />
          </div>
          <div className="px-2.5 pb-1.5">
            <PaletteButton />
          </div>
          <div className="flex-1 overflow-y-auto px-2.5 py-2">
            <NavigationLinks groups={groups} />
          </div>
          <div className="px-5 pb-1">
            <SiteLinks />
          </div>
          <div className="border-line border-t p-2.5">
            <FeedbackButton onClick={feedback.open} />
            <AccountMenu />
            <p className="px-2 pt-1 text-ink-soft text-xs">
              {t('Version {version}, {region}', { version: config.version, region: config.region })}
            </p>
          </div>
        </aside>
        <header className="sticky top-(--offline-height) z-20 flex h-14 items-center justify-between border-line border-b bg-canvas px-4 lg:hidden">
          <Brand stage={config.stage} />
          <div className="flex items-center gap-1">
            <PaletteIconButton />
            <NavigationDrawer groups={groups} onFeedback={feedback.open} />
          </div>
        </header>
        <main id="main" tabIndex={-1} className="min-w-0 flex-1 outline-none">
          <div className="mx-auto max-w-6xl px-4 py-6 sm:px-6 lg:px-10 lg:py-9">
            <Outlet />
          </div>
        </main>
      </div>
      {feedback.dialog}
      <PaletteHost />
      {Expired !== undefined && <Expired />}
      <Toaster />
    </>
  );
}
