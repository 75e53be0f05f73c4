import { Send, Square } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { keyInHand } from '../../../key-in-hand/key-in-hand.ts';
import { useSecretInHand } from '../../../key-in-hand/use-secret-in-hand.ts';
import { t } from '../../../language/t.ts';
import { Button } from '../../../parts/buttons/button.tsx';
import { useConsole, useSessionState } from '../../../shell/console-context.ts';
import type { Operation } from '../operations.ts';
import { CallInputs } from './call-inputs.tsx';
import { Caller } from './caller.tsx';
import { ConfirmCall } from './confirm-call.tsx';
import { type CallFaults, faultsOf, prepareCall } from './prepare-call.ts';
import type { Call } from './use-call.ts';
import type { EditableFields } from './use-call-fields.ts';

interface CallFormProps {
  operation: Operation;
  fields: EditableFields;
  call: Call;
}

/** Sends the call to this API. A call that deletes asks first. */
export function CallForm({ operation, fields, call }: CallFormProps) {
  const hand = keyInHand(useConsole());
  const key = useSecretInHand()?.secret;
  const { status } = useSessionState();
  const [faults, setFaults] = useState<CallFaults>({});
  const [isAsking, setIsAsking] = useState(false);
  const { access, method } = operation;
  const send = () => void call.send(prepareCall(operation, fields), { access, key });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = faultsOf(operation, fields);
    setFaults(found);
    if (Object.keys(found).length > 0 || call.isRunning) return;
    if (method === 'DELETE') setIsAsking(true);
    else send();
  };
  const lacksKey = access === 'key' && key === undefined;
  const lacksLogin = status === 'logged-out' && access !== 'key' && access !== 'public';
  return (
    <div className="flex flex-col gap-4 rounded-lg border border-line bg-surface p-4">
      <h4 className="font-medium">{t('Try it')}</h4>
      <Caller access={access} secret={key} onDropKey={hand.drop} />
      {!lacksKey && !lacksLogin && (
        <form onSubmit={submit} noValidate className="flex flex-col gap-4">
          <CallInputs operation={operation} fields={fields} faults={faults} />
          <div className="flex flex-wrap gap-2">
            <Button
              type="submit"
              variant={method === 'DELETE' ? 'danger' : 'primary'}
              busy={call.isRunning}
              icon={<Send aria-hidden />}
            >
              {t('Send')}
            </Button>
            {call.isRunning && (
              <Button onClick={call.stop} icon={<Square aria-hidden />}>
                {t('Stop')}
              </Button>
            )}
            {fields.resetBody !== undefined && (
              <Button variant="ghost" onClick={fields.resetBody}>
                {t('Reset to the example')}
              </Button>
            )}
          </div>
        </form>
      )}
      <ConfirmCall
        operation={operation}
        target={prepareCall(operation, fields).target}
        open={isAsking}
        onOpenChange={setIsAsking}
        onConfirm={send}
      />
    </div>
  );
}
