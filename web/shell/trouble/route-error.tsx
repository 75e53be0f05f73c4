import { Link, useRouteError } from 'react-router';
import { describeError } from '../../describe-error.ts';
import { t } from '../../language/t.ts';
import { buttonStyle } from '../../parts/buttons/button-style.ts';
import { DocumentTitle } from '../../parts/document-title.tsx';
import { homePath } from '../session/return-path.ts';

/** In place of a screen that crashed; the shell around it stays. Part of the initial script, so kept small. */
export function RouteError() {
  const { message } = describeError(useRouteError());
  return (
    <div role="alert" className="flex flex-col items-center px-6 py-16 text-center">
      <DocumentTitle>{t('Something went wrong')}</DocumentTitle>
      <h1 tabIndex={-1} className="font-semibold text-lg tracking-tight">
        {t('This page stopped working')}
      </h1>
      <p className="mt-1 max-w-md text-balance text-ink-soft">{message}</p>
      <div className="mt-5 flex flex-wrap justify-center gap-2">
        <button type="button" onClick={() => window.location.reload()} className={buttonStyle('primary')}>
          {t('Reload')}
        </button>
        <Link to={homePath} className={buttonStyle()}>
          {t('Go to your keys')}
        </Link>
      </div>
    </div>
  );
}
