import { Download } from 'lucide-react';
import { Button } from '../../../parts/buttons/button.tsx';
import { type Attachment, dataUrlOf } from '../attachments/attachment.ts';

/** What the code reads, to be saved by whoever pasted it or was given a smaller one. */
export function SnippetFiles({ attachments }: { attachments: readonly Attachment[] }) {
  return (
    <div>
      <p className="text-ink-soft text-sm">
        The code reads these files where it runs. What is here is what was sent:
      </p>
      <ul aria-label="Files of the call" className="mt-2 flex flex-wrap gap-2">
        {attachments.map((attachment) => (
          <li key={attachment.id} className="max-w-full">
            <Button size="small" icon={<Download aria-hidden />} onClick={() => save(attachment)}>
              <span className="truncate">{`Save ${attachment.name}`}</span>
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function save(attachment: Attachment): void {
  const link = document.createElement('a');
  link.href = dataUrlOf(attachment);
  link.download = attachment.name;
  link.click();
}
