import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { t } from '../../language/t.ts';
import { buttonStyle } from '../../parts/buttons/button-style.ts';
import { DocumentTitle } from '../../parts/document-title.tsx';
import { homePath } from '../session/return-path.ts';
import { reloadIfNothingIsLost } from './reload.ts';
import { useOnline } from './use-online.ts';

/** In place of a screen whose script could not be loaded. Part of the initial script, so kept small. */
export function NotLoaded() {
  const isOnline = useOnline();
  const wasOffline = useRef(!isOnline);
  useEffect(() => {
    if (!isOnline) wasOffline.current = true;
    // Browsers repeat a failed import's failure until a reload.
    else if (wasOffline.current) reloadIfNothingIsLost();
  }, [isOnline]);
  return (
    <div role="alert" className="flex flex-col items-center px-6 py-16 text-center">
      <DocumentTitle>{t('Not loaded')}</DocumentTitle>
      <h1 tabIndex={-1} className="font-semibold text-lg tracking-tight">
        {t('This page could not be loaded')}
      </h1>
      <p className="mt-1 max-w-md text-balance text-ink-soft">
        {isOnline
          ? t('The service did not answer. Reload to try again.')
          : t('This device is offline. Reload when you are back online.')}
      </p>
      <div className="mt-5 flex flex-wrap justify-center gap-2">
        {/* Reloading while offline would lose the whole console. */}
        {isOnline && (
          <button type="button" onClick={() => window.location.reload()} className={buttonStyle('primary')}>
            {t('Reload')}
          </button>
        )}
        <Link to={homePath} className={buttonStyle()}>
          {t('Go to your keys')}
        </Link>
      </div>
    </div>
  );
}
