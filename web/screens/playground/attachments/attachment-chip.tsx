import { FileText } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { sizeWords } from '../../../language/number-words.ts';
import { t } from '../../../language/t.ts';
import { type Attachment, dataUrlOf } from './attachment.ts';

interface AttachmentChipProps {
  attachment: Attachment;
  /** A button at the end. */
  action?: ReactNode;
}

/** A file's name and size, with a thumbnail for an image. */
export function AttachmentChip({ attachment, action }: AttachmentChipProps) {
  const { kind, name, sizeBytes, scaledTo } = attachment;
  const scaled =
    scaledTo === undefined
      ? ''
      : t(', scaled down to {width} × {height} to fit', {
          width: String(scaledTo.width),
          height: String(scaledTo.height),
        });
  return (
    <div className="flex max-w-full items-center gap-2 rounded-lg border border-line bg-sunken p-1 text-left">
      {kind === 'image' ? (
        <Thumbnail attachment={attachment} />
      ) : (
        <span className="flex size-12 shrink-0 items-center justify-center rounded-md bg-accent-soft text-accent">
          <FileText aria-hidden className="size-5" />
        </span>
      )}
      <span className="min-w-0 max-w-52 pr-1.5 leading-tight">
        <span dir="auto" className="block truncate text-left text-sm" title={name}>
          {name}
        </span>
        <span className="block text-ink-faint text-xs">{sizeWords(sizeBytes) + scaled}</span>
      </span>
      {action}
    </div>
  );
}

/** Memoised: its data URL is as long as the file. No alt text: the name is beside it. */
const Thumbnail = memo(function Thumbnail({ attachment }: { attachment: Attachment }) {
  return <img src={dataUrlOf(attachment)} alt="" className="size-12 shrink-0 rounded-md object-cover" />;
});
