import { Download } from 'lucide-react';
import { t } from '../../../language/t.ts';
import { Button } from '../../../parts/buttons/button.tsx';
import { type Attachment, dataUrlOf } from '../attachments/attachment.ts';

/** The files that the code reads, as they were sent: they may have been pasted, or scaled down. */
export function SnippetFiles({ attachments }: { attachments: readonly Attachment[] }) {
  return (
    <div>
      <p className="text-ink-soft text-sm">
        {t('The code reads these files from the folder it runs in. Save them as they were sent:')}
      </p>
      <ul aria-label={t('Files of the call')} className="mt-2 flex flex-wrap gap-2">
        {attachments.map((attachment) => (
          <li key={attachment.id} className="max-w-full">
            <Button size="small" icon={<Download aria-hidden />} onClick={() => save(attachment)}>
              <span className="truncate">{t('Save {name}', { name: attachment.name })}</span>
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
