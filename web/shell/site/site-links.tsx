import { clsx } from 'clsx';
import { Link } from 'react-router';
import { t } from '../../language/t.ts';
import { useConsole } from '../console-context.ts';

/** The operator's pages and links, in a line. */
export function SiteLinks({ onFollow }: { onFollow?: () => void }) {
  const { pages, links } = useConsole().config.site;
  if (pages.length + links.length === 0) return null;
  return (
    <nav aria-label={t('About this service')}>
      {/* Nobody has said which language they are in. */}
      <ul lang="" className="flex flex-wrap gap-x-4">
        {pages.map(({ name, title }) => (
          <li key={name}>
            <Link to={`/pages/${name}`} onClick={onFollow} className={style}>
              {title}
            </Link>
          </li>
        ))}
        {links.map(({ label, url }) => (
          <li key={url}>
            <a href={url} target="_blank" rel="noopener noreferrer" className={style}>
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

const style =
  'inline-flex min-h-7 items-center rounded-sm text-ink-soft text-sm hover:text-ink hover:underline touch:min-h-11';

/** Below pages for visitors. */
export function SiteFoot({ className }: { className?: string }) {
  const { pages, links } = useConsole().config.site;
  if (pages.length + links.length === 0) return null;
  return (
    <footer className={clsx('py-4', className)}>
      <SiteLinks />
    </footer>
  );
}
