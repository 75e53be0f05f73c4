import { clsx } from 'clsx';
import { Link, useLocation } from 'react-router';
import { t } from '../../language/t.ts';
import { useConsole } from '../console-context.ts';
import { currentAddress, navigationFor } from './navigation.ts';

interface NavigationLinksProps {
  /** The user's groups; sections for other groups are left out. */
  groups: readonly string[];
  /** So that a drawer can close. */
  onFollow?: () => void;
}

export function NavigationLinks({ groups, onFollow }: NavigationLinksProps) {
  const { config } = useConsole();
  const sections = navigationFor(groups, config);
  const { pathname } = useLocation();
  const current = currentAddress(
    pathname,
    sections.flatMap(({ items }) => items.map(({ to }) => to)),
  );
  return (
    <nav aria-label={t('Console')} className="flex flex-col gap-5">
      {sections.map((section) => (
        <div key={section.items[0]?.to}>
          <p className="px-2.5 pb-1 font-medium text-ink-faint text-xs">{section.label()}</p>
          <ul className="flex flex-col gap-0.5">
            {section.items.map(({ to, label, icon: Icon }) => (
              <li key={to}>
                <Link
                  to={to}
                  onClick={onFollow}
                  aria-current={to === current ? 'page' : undefined}
                  className={linkStyle(to === current)}
                >
                  <Icon aria-hidden className="size-4 shrink-0" />
                  {label()}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

const linkStyle = (isActive: boolean) =>
  clsx(
    'flex h-8 items-center gap-2.5 rounded-md px-2.5 font-medium transition-colors touch:h-11',
    isActive
      ? 'bg-accent-soft text-accent forced-colors:underline'
      : 'text-ink-soft hover:bg-hover hover:text-ink',
  );
