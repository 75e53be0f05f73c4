import { useState } from 'react';
import { t } from '../../../language/t.ts';
import { CodeBlock } from '../../../parts/code/code-block.tsx';
import { Disclosure } from '../../../parts/disclosure.tsx';
import { WordsWithCode } from '../../../parts/words-with-code.tsx';
import type { SchemasByName } from '../openapi.ts';
import type { Answer, Operation } from '../operations.ts';
import { answerWords } from './answer-words.ts';
import { schemaExample } from './schema-example.ts';
import { schemaTree } from './schema-tree.ts';
import { SchemaView } from './schema-view.tsx';

interface AnswersViewProps {
  operation: Operation;
  schemas: SchemasByName;
}

/** What success looks like. Folded: most readers look for what to send. */
export function AnswersView({ operation, schemas }: AnswersViewProps) {
  return operation.answers.map((answer) => (
    <AnswerFold key={answer.status} operation={operation} answer={answer} schemas={schemas} />
  ));
}

function AnswerFold({ operation, answer, schemas }: AnswersViewProps & { answer: Answer }) {
  const { status, description, schema } = answer;
  const [open, setOpen] = useState(false);
  return (
    <Disclosure
      title={t('Answer {status}', { status })}
      summary={schema?.title ?? ''}
      open={open}
      onOpenChange={setOpen}
    >
      <div className="flex flex-col gap-3">
        <p className="text-ink-soft text-sm">
          <WordsWithCode text={description} />
        </p>
        {schema !== undefined && open && (
          <>
            <CodeBlock
              label={t('Example')}
              language="json"
              code={JSON.stringify(schemaExample(schema, schemas, answerWords(operation.id)), undefined, 2)}
            />
            <SchemaView node={schemaTree(schema, schemas)} />
          </>
        )}
      </div>
    </Disclosure>
  );
}
