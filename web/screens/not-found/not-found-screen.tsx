import { Compass } from 'lucide-react';
import { t } from '../../language/t.ts';
import { buttonStyle } from '../../parts/buttons/button-style.ts';
import { LinkButton } from '../../parts/buttons/link-button.tsx';
import { DocumentTitle } from '../../parts/document-title.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { useSessionState } from '../../shell/console-context.ts';
import { homePath } from '../../shell/session/return-path.ts';

export function NotFoundScreen() {
  const isLoggedIn = useSessionState().status === 'logged-in';
  return (
    <>
      <DocumentTitle>{t('Not found')}</DocumentTitle>
      <h1 className="sr-only">{t('Not found')}</h1>
      <EmptyState
        icon={Compass}
        title={t('Page not found')}
        action={
          isLoggedIn ? (
            <LinkButton to={homePath}>{t('Go to your keys')}</LinkButton>
          ) : (
            <a href="/" className={buttonStyle()}>
              {t('Go to the home page')}
            </a>
          )
        }
      >
        {t('The address may be mistyped, or the page may have moved.')}
      </EmptyState>
    </>
  );
}
