import { Collapsible } from '@base-ui/react/collapsible';
import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { t } from '../../../language/t.ts';
import { WordsWithCode } from '../../../parts/words-with-code.tsx';
import type { SchemaNode } from './schema-tree.ts';

/** A schema as a tree, with deeper levels folded. */
export function SchemaView({ node }: { node: SchemaNode }) {
  if (node.fields.length > 0 && node.type === 'object') return <Nodes nodes={node.fields} depth={0} />;
  return <Nodes nodes={[{ ...node, name: node.name }]} depth={0} />;
}

const openDepth = 1;

function Nodes({ nodes, depth }: { nodes: readonly SchemaNode[]; depth: number }) {
  return (
    <ul className="flex flex-col divide-y divide-line rounded-lg border border-line bg-surface">
      {nodes.map((node, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a schema never changes its order
        <li key={index} className="min-w-0 px-3 py-2">
          <Node node={node} depth={depth} />
        </li>
      ))}
    </ul>
  );
}

function Node({ node, depth }: { node: SchemaNode; depth: number }) {
  const inside = node.fields.length > 0 ? node.fields : node.variants;
  const notes = [...node.facts].join(' · ');
  const about = (
    <>
      {node.description !== undefined && (
        <p lang="en" className="text-ink-soft text-sm">
          <WordsWithCode text={node.description} />
        </p>
      )}
      {node.values.length > 0 && (
        <p className="wrap-anywhere text-ink-faint text-sm">
          {node.values.length > 1 && `${t('one of')} `}
          <code className="font-mono text-xs">{node.values.join(', ')}</code>
        </p>
      )}
      {notes !== '' && <p className="wrap-anywhere text-ink-faint text-sm">{notes}</p>}
    </>
  );
  if (inside.length === 0)
    return (
      <>
        <Head node={node} />
        {about}
      </>
    );
  const words =
    node.fields.length > 0
      ? t('{count, plural, one {# field} other {# fields}}', { count: node.fields.length })
      : t('{count, plural, one {# kind} other {# kinds}}', { count: node.variants.length });
  return (
    <Fold
      head={<Head node={node} />}
      words={words}
      initiallyOpen={depth < openDepth && node.variants.length === 0}
    >
      {about}
      <Nodes nodes={inside} depth={depth + 1} />
    </Fold>
  );
}

function Head({ node: { name, type, required } }: { node: SchemaNode }) {
  return (
    <span className="flex min-w-0 flex-wrap items-baseline gap-x-2">
      {name !== undefined && <code className="wrap-anywhere font-medium font-mono text-sm">{name}</code>}
      <span className="text-ink-soft text-sm">{type}</span>
      {name !== undefined && !required && <span className="text-ink-faint text-xs">{t('optional')}</span>}
    </span>
  );
}

interface FoldProps {
  head: ReactNode;
  /** A summary of what is inside. */
  words: string;
  initiallyOpen: boolean;
  children: ReactNode;
}

function Fold({ head, words, initiallyOpen, children }: FoldProps) {
  return (
    <Collapsible.Root defaultOpen={initiallyOpen}>
      <Collapsible.Trigger className="group flex min-h-6 w-full items-center gap-1.5 rounded-sm text-left touch:min-h-11">
        <ChevronRight
          aria-hidden
          className="size-3.5 shrink-0 text-ink-faint transition-transform duration-100 group-data-panel-open:rotate-90"
        />
        {head}
        <span className="ml-auto shrink-0 text-ink-faint text-xs">{words}</span>
      </Collapsible.Trigger>
      <Collapsible.Panel className="flex flex-col gap-2 pt-1 pl-5">{children}</Collapsible.Panel>
    </Collapsible.Root>
  );
}
