import { t } from '../../../language/t.ts';
import { CopyButton } from '../../../parts/buttons/copy-button.tsx';
import { WordsWithCode } from '../../../parts/words-with-code.tsx';
import { RefusalsView } from '../errors/refusals-view.tsx';
import type { SchemasByName } from '../openapi.ts';
import type { Operation } from '../operations.ts';
import { AnswersView } from '../schema/answers-view.tsx';
import { ParametersView } from '../schema/parameters-view.tsx';
import { schemaTree } from '../schema/schema-tree.ts';
import { SchemaView } from '../schema/schema-view.tsx';
import { TryIt } from '../try/try-it.tsx';
import { accessLooks } from './access-looks.ts';

interface OperationDetailProps {
  operation: Operation;
  schemas: SchemasByName;
}

/** What a call takes and answers, beside a form to try it. */
export function OperationDetail({ operation, schemas }: OperationDetailProps) {
  const { body, parameters } = operation;
  return (
    <div className="grid gap-x-8 gap-y-6 xl:grid-cols-2">
      <div className="flex min-w-0 flex-col gap-6">
        <div className="flex items-start justify-between gap-3">
          <p className="text-ink-soft">
            <WordsWithCode text={accessLooks()[operation.access].words} />
          </p>
          {/* Aligned with the text beside it. */}
          <div className="-my-1.5 touch:-my-3">
            <CopyButton
              text={`${location.origin}${location.pathname}#${operation.id}`}
              label={t('Copy link to {name}', { name: operation.id })}
            />
          </div>
        </div>
        {parameters.length > 0 && <ParametersView parameters={parameters} schemas={schemas} />}
        {body !== undefined && (
          <section className="flex min-w-0 flex-col gap-2">
            <h4 className="font-medium">{body.required ? t('Body') : t('Body (optional)')}</h4>
            <SchemaView node={schemaTree(body.schema, schemas)} />
          </section>
        )}
        <div className="flex flex-col gap-1.5">
          <AnswersView operation={operation} schemas={schemas} />
          <RefusalsView refusals={operation.refusals} />
        </div>
      </div>
      <TryIt operation={operation} />
    </div>
  );
}
