import { useState } from 'react';
import { describeError } from '../../../describe-error.ts';
import { t } from '../../../language/t.ts';
import { Alert } from '../../../parts/alert.tsx';
import { Button } from '../../../parts/buttons/button.tsx';
import { CheckboxList } from '../../../parts/forms/checkbox-list.tsx';
import { ChoiceRow } from '../../../parts/forms/choice-row.tsx';
import { Dialog } from '../../../parts/overlays/dialog.tsx';
import { toasts } from '../../../parts/overlays/toasts/toasts.ts';
import { usePlans } from '../../../shell/use-plans.ts';
import type { AdminUserInFull } from '../admin-types.ts';
import { useChangeUser } from './use-user.ts';

interface AllowedPlansProps {
  of: AdminUserInFull;
  open: boolean;
  onClose: () => void;
}

const choices = (): { value: 'self-service' | 'these'; label: string }[] => [
  { value: 'self-service', label: t('The self-service plans') },
  { value: 'these', label: t('These plans') },
];

/** The plans that a user may pick from now on. */
export function AllowedPlans({ of: user, open, onClose }: AllowedPlansProps) {
  const plans = usePlans();
  const [choice, setChoice] = useState<'self-service' | 'these'>(
    user.allowedPlans === null ? 'self-service' : 'these',
  );
  const [chosen, setChosen] = useState<string[]>([...(user.allowedPlans ?? [])]);
  const change = useChangeUser(user.id, () => {
    toasts.add({ type: 'success', title: t('Plans of {email} changed', { email: user.email }) });
    onClose();
  });
  // A plan that has left the settings stays on the list until it is taken off.
  const names = [...new Set([...(plans.data?.data.map(({ name }) => name) ?? []), ...chosen])];
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => next || change.isPending || onClose()}
      title={t('Plans this user may pick')}
      description={t('Keys on other plans stay as they are: revoke those that shouldn’t.')}
      footer={
        <>
          <Button onClick={onClose} disabled={change.isPending}>
            {t('Cancel')}
          </Button>
          <Button
            variant="primary"
            busy={change.isPending}
            onClick={() => change.mutate({ allowedPlans: choice === 'these' ? chosen : null })}
          >
            {t('Save')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        {change.isError && <Alert tone="danger">{describeError(change.error).message}</Alert>}
        <ChoiceRow label={t('May pick')} options={choices()} value={choice} onChange={setChoice} />
        {choice === 'these' && plans.isError && (
          <Alert tone="danger">
            {t('The plans could not be loaded. {message}', { message: describeError(plans.error).message })}
          </Alert>
        )}
        {choice === 'these' && names.length > 0 && (
          <CheckboxList
            label={t('Plans')}
            hint={t('Choose none to keep the user from creating keys.')}
            options={names}
            value={chosen}
            onChange={setChosen}
          />
        )}
      </div>
    </Dialog>
  );
}
