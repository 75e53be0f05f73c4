import { t } from '../../../language/t.ts';
import type { Parameter, SchemasByName } from '../openapi.ts';
import { schemaTree } from './schema-tree.ts';
import { SchemaView } from './schema-view.tsx';

interface ParametersViewProps {
  parameters: readonly Parameter[];
  schemas: SchemasByName;
}

const places = () => [
  { place: 'path', title: t('In the path') },
  { place: 'query', title: t('In the query') },
  { place: 'header', title: t('In headers') },
];

export function ParametersView({ parameters, schemas }: ParametersViewProps) {
  return places().map(({ place, title }) => {
    const fields = parameters
      .filter((parameter) => parameter.in === place)
      .map(({ name, required = false, description, schema = {} }) => ({
        ...schemaTree(schema, schemas),
        name,
        required,
        description,
      }));
    if (fields.length === 0) return null;
    return (
      <section key={place} className="flex min-w-0 flex-col gap-2">
        <h4 className="font-medium">{title}</h4>
        <SchemaView node={{ ...schemaTree({}, schemas), type: 'object', fields }} />
      </section>
    );
  });
}
