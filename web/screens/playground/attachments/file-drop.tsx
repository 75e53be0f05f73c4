import { ImageUp } from 'lucide-react';
import { useEffect, useState } from 'react';
import { t } from '../../../language/t.ts';

/**
 * Takes files that are dropped anywhere on the page: the browser would otherwise open them in place of the
 * conversation.
 * @returns whether files are being dragged over the page
 */
export function useFileDrop(onFiles: (files: File[]) => void): boolean {
  const [isOver, setIsOver] = useState(false);
  useEffect(() => {
    const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') === true;
    const onDragOver = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setIsOver(true);
    };
    // Fires for every element that is left; only leaving the page enters nothing else.
    const onDragLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setIsOver(false);
    };
    const onDrop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setIsOver(false);
      onFiles([...(event.dataTransfer?.files ?? [])]);
    };
    window.addEventListener('dragover', onDragOver);
    window.addEventListener('dragleave', onDragLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onDragOver);
      window.removeEventListener('dragleave', onDragLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, [onFiles]);
  return isOver;
}

/** Covers the composer while files are dragged over the page. */
export function DropHint() {
  return (
    <div className="pointer-events-none absolute inset-0 flex items-center justify-center gap-2 rounded-xl bg-accent-soft font-medium text-accent">
      <ImageUp aria-hidden className="size-5" />
      {t('Drop images or documents to attach them')}
    </div>
  );
}
