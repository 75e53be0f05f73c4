import { t } from '../../language/t.ts';

/** For when not even the configuration could be loaded. Imports only the texts, since nothing else may have loaded either. */
export function StartFailure() {
  return (
    <main role="alert" className="flex min-h-dvh flex-col items-center justify-center gap-4 p-6 text-center">
      <h1 className="font-semibold text-xl">{t('The console could not start')}</h1>
      <p className="text-balance text-ink-soft">{t('Check your connection and reload the page.')}</p>
      <button
        type="button"
        onClick={() => window.location.reload()}
        className="h-11 rounded-md bg-accent px-4 font-medium text-on-accent"
      >
        {t('Reload')}
      </button>
    </main>
  );
}
