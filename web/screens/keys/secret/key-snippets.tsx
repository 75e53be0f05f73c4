import { t } from '../../../language/t.ts';
import { CodeBlock } from '../../../parts/code/code-block.tsx';
import { Skeleton } from '../../../parts/skeleton.tsx';
import { Tabs } from '../../../parts/tabs.tsx';
import { useModels } from '../../../shell/use-models.ts';
import { snippetsFor } from './snippets.ts';

interface KeySnippetsProps {
  /** The secret, or a placeholder. */
  secret: string;
  model?: string | undefined;
  onCopied?: () => void;
}

/** Ready to paste. */
export function KeySnippets({ secret, model, onCopied }: KeySnippetsProps) {
  const models = useModels();
  if (model === undefined && models.isPending) return <Skeleton className="h-48 w-full" />;
  const input = {
    origin: location.origin,
    key: secret,
    model: model ?? models.data?.data[0]?.id ?? 'MODEL_NAME',
  };
  const tabs = snippetsFor(input).map(({ id, label, snippets }) => ({
    value: id,
    label,
    panel: (
      <div className="flex flex-col gap-3">
        {snippets.map((snippet) => (
          <CodeBlock key={snippet.label} {...snippet} wrap {...(onCopied && { onCopied })} />
        ))}
      </div>
    ),
  }));
  return <Tabs label={t('How to call')} tabs={tabs} />;
}
