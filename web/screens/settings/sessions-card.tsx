import { useMutation } from '@tanstack/react-query';
import { LogOut } from 'lucide-react';
import { sessionRoutes } from '../../../core/contract/sessions.ts';
import { partingWord } from '../../account/parting-word.ts';
import { refusalWords } from '../../account/refusal-words.ts';
import { t } from '../../language/t.ts';
import { Alert } from '../../parts/alert.tsx';
import { Button } from '../../parts/buttons/button.tsx';
import { Card } from '../../parts/card.tsx';
import { useConsole } from '../../shell/console-context.ts';

export function SessionsCard() {
  const { api, session } = useConsole();
  const logOut = useMutation({
    mutationFn: () => api.call(sessionRoutes.endAllSessions),
    onSuccess: () => {
      partingWord.leave('logged-out-everywhere');
      session.forget();
    },
  });
  return (
    <Card
      title={t('Log out everywhere')}
      description={t(
        'Ends every session of this account at once, including this one. Your keys keep working.',
      )}
    >
      <div className="flex flex-col items-start gap-4">
        <Button icon={<LogOut aria-hidden />} busy={logOut.isPending} onClick={() => logOut.mutate()}>
          {t('Log out everywhere')}
        </Button>
        {logOut.isError && <Alert tone="danger">{refusalWords(logOut.error)}</Alert>}
      </div>
    </Card>
  );
}
