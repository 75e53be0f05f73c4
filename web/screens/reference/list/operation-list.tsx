import { SearchX } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'react-router';
import { matchingSections } from '../../../docs/doc-sections.ts';
import { useDocSections } from '../../../docs/use-doc-sections.ts';
import { t } from '../../../language/t.ts';
import { Button } from '../../../parts/buttons/button.tsx';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { Checkbox } from '../../../parts/forms/checkbox.tsx';
import { Select } from '../../../parts/forms/select.tsx';
import { TextField } from '../../../parts/forms/text-field.tsx';
import { useErrorEntries } from '../../../shell/use-error-entries.ts';
import { ErrorList } from '../errors/error-list.tsx';
import { matchingErrors } from '../errors/matching-errors.ts';
import type { SchemasByName } from '../openapi.ts';
import type { Access, Operation } from '../operations.ts';
import { accesses, accessLooks } from './access-looks.ts';
import { DocsFound } from './docs-found.tsx';
import { OperationRow } from './operation-row.tsx';
import { matching, sectionsOf, wordsOf } from './sections.ts';

interface OperationListProps {
  operations: readonly Operation[];
  schemas: SchemasByName;
}

const mostSections = 8;

/** What matches the search: calls by section, sections of the docs, and error codes. Without a search, all calls and codes. */
export function OperationList({ operations, schemas }: OperationListProps) {
  const [query, setQuery] = useState('');
  const [access, setAccess] = useState<Access>();
  const { hash } = useLocation();
  const isNamed = operations.some(({ id, isInternal }) => isInternal && hash === `#${id}`);
  const [showsInternal, setShowsInternal] = useState(false);
  const offered = showsInternal || isNamed ? operations : operations.filter(({ isInternal }) => !isInternal);
  const found = matching(offered, query, access);

  const words = wordsOf(query);
  const explained = useErrorEntries();
  const errors = access === undefined || words.length > 0 ? matchingErrors(words, explained) : [];
  const docs = matchingSections(useDocSections(words.length > 0), query).slice(0, mostSections);
  const showAll = () => {
    setQuery('');
    setAccess(undefined);
  };
  return (
    <div className="flex flex-col gap-7">
      <search className="flex flex-wrap items-end gap-4">
        <div className="min-w-0 flex-1 basis-64">
          <TextField
            type="search"
            label={t('Search calls, errors and docs')}
            placeholder={t('Path, field, error code or keyword')}
            value={query}
            onChange={(event) => setQuery(event.currentTarget.value)}
          />
        </div>
        <div className="w-full sm:w-60">
          <Select
            label={t('Access')}
            options={[
              { value: 'any', label: t('Any@@access') },
              ...accesses.map((one) => ({ value: one, label: accessLooks()[one].label })),
            ]}
            value={access ?? 'any'}
            onChange={(next) => setAccess(accesses.find((known) => known === next))}
          />
        </div>
        <div className="flex w-full flex-wrap items-start justify-between gap-x-6 gap-y-2">
          <p role="status" className="pt-1.5 text-ink-soft text-sm touch:pt-3">
            {words.length > 0 || access !== undefined
              ? t('{found} of {count, plural, one {# call} other {# calls}}', {
                  found: found.length,
                  count: offered.length,
                })
              : t('{count, plural, one {# call} other {# calls}}', { count: offered.length })}
            {words.length > 0 &&
              t(
                ', {errors, plural, one {# error} other {# errors}}, {docs, plural, one {# section} other {# sections}} of the docs',
                { errors: errors.length, docs: docs.length },
              )}
          </p>
          <Checkbox
            label={t('Internal calls')}
            hint={t('Those that only this console, browsers and other services make.')}
            checked={showsInternal || isNamed}
            onChange={setShowsInternal}
          />
        </div>
      </search>
      {found.length + errors.length + docs.length === 0 && (
        <EmptyState
          icon={SearchX}
          title={t('Nothing found')}
          action={<Button onClick={showAll}>{t('Show all calls')}</Button>}
        >
          {t('No call, error or section of the docs has these words.')}
        </EmptyState>
      )}
      {words.length > 0 && docs.length > 0 && <DocsFound sections={docs} query={query} />}
      {words.length > 0 && errors.length > 0 && <ErrorList codes={errors} explained={explained} />}
      {sectionsOf(found).map((section) => (
        <section key={section.title} aria-label={section.title} className="flex flex-col gap-2.5">
          <h2 className="font-semibold text-lg tracking-tight">{section.title}</h2>
          <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface shadow-card">
            {section.operations.map((operation) => (
              <OperationRow key={operation.id} operation={operation} schemas={schemas} />
            ))}
          </ul>
        </section>
      ))}
      {words.length === 0 && errors.length > 0 && <ErrorList codes={errors} explained={explained} />}
    </div>
  );
}
