import { t } from '../language/t.ts';
import { useConsole } from './console-context.ts';

/** The operator's logo and name, or the ticket of favicon.svg in the theme's colours. /brand.css says how large the logo is. */
export function Brand({ stage }: { stage: 'prod' | 'dev' }) {
  const { name, logo } = useConsole().config.site;
  return (
    <span className="flex min-w-0 items-center gap-2 font-semibold text-lg tracking-tight">
      {logo === null && <Ticket />}
      {logo === 'mark' && <span className="brand-logo" />}
      {logo === 'word-mark' ? (
        <span role="img" aria-label={name} className="brand-logo" />
      ) : (
        <span className="truncate">{name}</span>
      )}
      {stage === 'dev' && (
        <span className="rounded-sm bg-warning-soft px-1.5 py-0.5 font-medium text-warning text-xs tracking-normal">
          {t('dev')}
        </span>
      )}
    </span>
  );
}

function Ticket() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className="size-6 shrink-0">
      <path
        className="fill-accent"
        d="M4 6h24a2 2 0 0 1 2 2v5a3 3 0 0 0 0 6v5a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2v-5a3 3 0 0 0 0-6V8a2 2 0 0 1 2-2z"
      />
      <circle cx="19" cy="16" r="5" className="fill-on-accent" />
      <path className="stroke-on-accent" strokeWidth="2" strokeLinecap="round" d="M10 10v1m0 4.5v1m0 4.5v1" />
    </svg>
  );
}
