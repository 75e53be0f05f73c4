import { clsx } from 'clsx';
import { Link, Outlet, useLocation } from 'react-router';
import { accountPath } from '../account/account-path.ts';
import { t } from '../language/t.ts';
import { LinkButton } from '../parts/buttons/link-button.tsx';
import { Toaster } from '../parts/overlays/toasts/toaster.tsx';
import { Brand } from './brand.tsx';
import { useConsole } from './console-context.ts';
import { HomeLink } from './home-link.tsx';
import { currentAddress } from './navigation/navigation.ts';
import { PaletteIconButton } from './palette/palette-button.tsx';
import { PaletteHost } from './palette/palette-host.tsx';
import { logInPath } from './session/return-path.ts';
import { SiteFoot } from './site/site-links.tsx';

/** Around public screens, for visitors who are not logged in. */
export function VisitorFrame() {
  const { config } = useConsole();
  const { pathname, search, hash } = useLocation();
  const here = pathname + search + hash;
  return (
    <>
      <div className="flex min-h-[calc(100dvh-var(--offline-height))] flex-col sm:[--header-height:3.5rem]">
        <header className="top-(--offline-height) z-20 border-line border-b bg-canvas sm:sticky">
          <div className="mx-auto flex min-h-14 max-w-6xl flex-wrap items-center gap-x-5 px-4 sm:px-6 lg:px-10">
            <HomeLink>
              <Brand stage={config.stage} />
            </HomeLink>
            <PublicPages />
            <div className="ml-auto flex items-center gap-2 max-sm:gap-1">
              <PaletteIconButton />
              <LinkButton to={logInPath(here)} variant="ghost" size="small">
                {t('Log in')}
              </LinkButton>
              {/* Beside it there is no room on a phone; the log-in leads there, too. */}
              {config.logIn.passwords === 'on' && (
                <span className="contents max-[28rem]:hidden">
                  <LinkButton to={accountPath('/sign-up', { next: here })} variant="primary" size="small">
                    {t('Create an account')}
                  </LinkButton>
                </span>
              )}
            </div>
          </div>
        </header>
        <main id="main" tabIndex={-1} className="min-w-0 flex-1 outline-none">
          <div className="mx-auto max-w-6xl px-4 py-6 sm:px-6 lg:px-10 lg:py-9">
            <Outlet />
          </div>
        </main>
        <SiteFoot className="mx-auto w-full max-w-6xl px-4 sm:px-6 lg:px-10" />
      </div>
      <PaletteHost />
      <Toaster />
    </>
  );
}

const publicPages = () => [
  { to: '/models', label: t('Models') },
  { to: '/docs', label: t('Docs') },
  { to: '/docs/api', label: t('API reference') },
];

function PublicPages() {
  const { pathname } = useLocation();
  const pages = publicPages();
  const current = currentAddress(
    pathname,
    pages.map(({ to }) => to),
  );
  return (
    <nav
      aria-label={t('Public pages')}
      className="flex gap-1 max-sm:order-last max-sm:-mx-2.5 max-sm:basis-full max-sm:pb-1.5"
    >
      {pages.map(({ to, label }) => (
        <Link
          key={to}
          to={to}
          aria-current={to === current ? 'page' : undefined}
          className={clsx(
            'flex h-8 items-center rounded-md px-2.5 font-medium text-sm touch:h-11',
            to === current
              ? 'text-accent forced-colors:underline'
              : 'text-ink-soft hover:bg-hover hover:text-ink',
          )}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
