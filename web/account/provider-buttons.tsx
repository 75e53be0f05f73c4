import { clsx } from 'clsx';
import { t } from '../language/t.ts';
import { buttonStyle } from '../parts/buttons/button-style.ts';
import { useConsole } from '../shell/console-context.ts';
import { providerPath } from './providers.ts';

/** One for each provider, and what separates them from a form below. */
export function ProviderButtons({ next }: { next: string | null }) {
  const { passwords, providers } = useConsole().config.logIn;
  if (providers.length === 0) return null;
  return (
    <div className="flex flex-col gap-3">
      {providers.map(({ name, label }) => (
        <a key={name} href={providerPath(name, next)} className={clsx(buttonStyle('secondary'), 'w-full')}>
          {t('Continue with {label}', { label })}
        </a>
      ))}
      {passwords === 'on' && (
        <p className="flex items-center gap-3 text-ink-soft text-sm before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
          {t('or with your e-mail address')}
        </p>
      )}
    </div>
  );
}
