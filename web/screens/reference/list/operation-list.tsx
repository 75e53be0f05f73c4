import { SearchX } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../../parts/buttons/button.tsx';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { Select } from '../../../parts/forms/select.tsx';
import { TextField } from '../../../parts/forms/text-field.tsx';
import type { SchemasByName } from '../openapi.ts';
import type { Access, Operation } from '../operations.ts';
import { accesses, accessLooks } from './access-looks.ts';
import { OperationRow } from './operation-row.tsx';
import { matching, sectionsOf } from './sections.ts';

interface OperationListProps {
  operations: readonly Operation[];
  schemas: SchemasByName;
}

const accessOptions = [
  { value: 'any', label: 'Any' },
  ...accesses.map((access) => ({ value: access, label: accessLooks[access].label })),
];

/** The calls that match the search, by section. */
export function OperationList({ operations, schemas }: OperationListProps) {
  const [query, setQuery] = useState('');
  const [access, setAccess] = useState<Access>();
  const found = matching(operations, query, access);
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
            label="Search calls"
            placeholder="Path, name or keyword"
            value={query}
            onChange={(event) => setQuery(event.currentTarget.value)}
          />
        </div>
        <div className="w-full sm:w-60">
          <Select
            label="Access"
            options={accessOptions}
            value={access ?? 'any'}
            onChange={(next) => setAccess(accesses.find((known) => known === next))}
          />
        </div>
        <p role="status" className="w-full text-ink-soft text-sm">
          {found.length === operations.length
            ? `${operations.length} calls`
            : `${found.length} of ${operations.length} calls`}
        </p>
      </search>
      {found.length === 0 && (
        <EmptyState
          icon={SearchX}
          title="No calls found"
          action={<Button onClick={showAll}>Show all calls</Button>}
        >
          No call has these words in its path, name or summary.
        </EmptyState>
      )}
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
    </div>
  );
}
