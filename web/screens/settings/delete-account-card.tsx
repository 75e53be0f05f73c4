import { useMutation } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { accountRoutes } from '../../../core/contract/accounts/accounts.ts';
import { partingWord } from '../../account/parting-word.ts';
import { refusalWords } from '../../account/refusal-words.ts';
import { t } from '../../language/t.ts';
import { Button } from '../../parts/buttons/button.tsx';
import { Card } from '../../parts/card.tsx';
import { ConfirmByTyping } from '../../parts/overlays/confirm-by-typing.tsx';
import { useConsole } from '../../shell/console-context.ts';

export function DeleteAccountCard({ email }: { email: string | undefined }) {
  const { api, session } = useConsole();
  const [isAsking, setAsking] = useState(false);
  const deletion = useMutation({
    mutationFn: () => api.call(accountRoutes.deleteMe),
    onSuccess: () => {
      partingWord.leave('deleted');
      session.forget();
    },
  });
  return (
    <Card
      title={t('Delete account')}
      description={t('This also deletes your keys and their usage, for good.')}
    >
      <Button
        variant="danger"
        icon={<Trash2 aria-hidden />}
        disabled={email === undefined}
        onClick={() => {
          deletion.reset();
          setAsking(true);
        }}
      >
        {t('Delete account')}
      </Button>
      <ConfirmByTyping
        open={isAsking}
        onOpenChange={setAsking}
        title={t('Delete your account?')}
        description={t(
          'Your login, all your keys and their usage will be deleted. Programs that use your keys will stop working at once. This can’t be undone.',
        )}
        phrase={email ?? ''}
        confirmLabel={t('Delete account')}
        onConfirm={() => deletion.mutate()}
        busy={deletion.isPending}
        error={deletion.isError ? refusalWords(deletion.error) : undefined}
      />
    </Card>
  );
}
