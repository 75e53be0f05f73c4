import { t } from '../../../language/t.ts';
import { CodeBlock } from '../../../parts/code/code-block.tsx';
import { Tabs } from '../../../parts/tabs.tsx';
import type { Operation } from '../operations.ts';
import { callCode } from './call-code.ts';
import { CallForm } from './call-form.tsx';
import { CallOutcome } from './call-outcome.tsx';
import { prepareCall } from './prepare-call.ts';
import { useCall } from './use-call.ts';
import { useCallFields } from './use-call-fields.ts';

interface TryItProps {
  operation: Operation;
}

/** The call as code in several languages, and as a form that sends it. */
export function TryIt(props: TryItProps) {
  return (
    <section
      aria-label={t('Try {name}', { name: props.operation.id })}
      className="flex min-w-0 flex-col gap-4 xl:sticky xl:top-4 xl:self-start"
    >
      <Trial {...props} />
    </section>
  );
}

function Trial({ operation }: TryItProps) {
  const fields = useCallFields(operation);
  const call = useCall();
  const tabs = callCode(operation, prepareCall(operation, fields), location.origin);
  return (
    <>
      <Tabs
        label={t('The call in code')}
        tabs={tabs.map(({ label, blocks }) => ({
          value: label,
          label,
          panel: (
            <div className="flex flex-col gap-3">
              {blocks.map((block) => (
                <CodeBlock key={block.label} {...block} wrap />
              ))}
            </div>
          ),
        }))}
      />
      <CallForm operation={operation} fields={fields} call={call} />
      <CallOutcome call={call} />
    </>
  );
}
