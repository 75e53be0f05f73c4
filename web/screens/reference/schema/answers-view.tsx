import { useState } from 'react';
import { Disclosure } from '../../../parts/disclosure.tsx';
import { WordsWithCode } from '../../../parts/words-with-code.tsx';
import type { SchemasByName } from '../openapi.ts';
import type { Answer } from '../operations.ts';
import { schemaTree } from './schema-tree.ts';
import { SchemaView } from './schema-view.tsx';

interface AnswersViewProps {
  answers: readonly Answer[];
  schemas: SchemasByName;
}

/** What success looks like. Folded: most readers look for what to send. */
export function AnswersView({ answers, schemas }: AnswersViewProps) {
  return answers.map((answer) => <AnswerFold key={answer.status} answer={answer} schemas={schemas} />);
}

function AnswerFold({ answer, schemas }: { answer: Answer; schemas: SchemasByName }) {
  const { status, description, schema } = answer;
  const [open, setOpen] = useState(false);
  return (
    <Disclosure title={`Answer ${status}`} summary={schema?.title ?? ''} open={open} onOpenChange={setOpen}>
      <div className="flex flex-col gap-2">
        <p className="text-ink-soft text-sm">
          <WordsWithCode text={description} />
        </p>
        {schema !== undefined && <SchemaView node={schemaTree(schema, schemas)} />}
      </div>
    </Disclosure>
  );
}
