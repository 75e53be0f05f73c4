import { CodeBlock } from '../../../parts/code/code-block.tsx';
import { Skeleton } from '../../../parts/skeleton.tsx';
import type { SchemasByName } from '../openapi.ts';
import type { Operation } from '../operations.ts';
import type { ExampleWords } from '../schema/schema-example.ts';
import { prepareCall } from './call-fields.ts';
import { CallForm } from './call-form.tsx';
import { CallOutcome } from './call-outcome.tsx';
import { curlCommand } from './curl-command.ts';
import { useCall } from './use-call.ts';
import { useCallFields } from './use-call-fields.ts';
import { useExampleWords } from './use-example-words.ts';

interface TryItProps {
  operation: Operation;
  schemas: SchemasByName;
}

/** The call as a curl command, and as a form that sends it. */
export function TryIt(props: TryItProps) {
  const words = useExampleWords(props.operation);
  return (
    <section
      aria-label={`Try ${props.operation.id}`}
      className="flex min-w-0 flex-col gap-4 xl:sticky xl:top-4 xl:self-start"
    >
      {words === undefined ? <Skeleton className="h-48 w-full" /> : <Trial {...props} words={words} />}
    </section>
  );
}

function Trial({ operation, schemas, words }: TryItProps & { words: ExampleWords }) {
  const fields = useCallFields(operation, schemas, words);
  const call = useCall();
  const command = curlCommand(
    prepareCall(operation, fields),
    operation.access,
    location.origin,
    operation.streams,
  );
  return (
    <>
      <CodeBlock label="curl" language="bash" code={command} wrap />
      <CallForm operation={operation} fields={fields} call={call} />
      <CallOutcome call={call} />
    </>
  );
}
