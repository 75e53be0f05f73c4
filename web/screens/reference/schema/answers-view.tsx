import { useState } from 'react';
import { t } from '../../../language/t.ts';
import { CodeBlock } from '../../../parts/code/code-block.tsx';
import { Disclosure } from '../../../parts/disclosure.tsx';
import { WordsWithCode } from '../../../parts/words-with-code.tsx';
import { referredName, type SchemasByName } from '../openapi.ts';
import type { Answer, Operation } from '../operations.ts';
import { schemaTree } from './schema-tree.ts';
import { SchemaView } from './schema-view.tsx';

interface AnswersViewProps {
  operation: Operation;
  schemas: SchemasByName;
}

/** What success looks like. Folded: most readers look for what to send. */
export function AnswersView({ operation, schemas }: AnswersViewProps) {
  return operation.answers.map((answer) => (
    <AnswerFold key={answer.status} answer={answer} schemas={schemas} />
  ));
}

function AnswerFold({ answer, schemas }: Pick<AnswersViewProps, 'schemas'> & { answer: Answer }) {
  const { status, description, schema, example } = answer;
  const [open, setOpen] = useState(false);
  return (
    <Disclosure
      title={t('Answer {status}', { status })}
      summary={(schema && (referredName(schema) ?? schema.title)) ?? ''}
      open={open}
      onOpenChange={setOpen}
    >
      <div className="flex flex-col gap-3">
        <p lang="en" className="text-ink-soft text-sm">
          <WordsWithCode text={description} />
        </p>
        {schema !== undefined && open && (
          <>
            <CodeBlock label={t('Example')} language="json" code={JSON.stringify(example, undefined, 2)} />
            <SchemaView node={schemaTree(schema, schemas)} />
          </>
        )}
      </div>
    </Disclosure>
  );
}
