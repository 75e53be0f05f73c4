import { ImageUp } from 'lucide-react';

/** Covers the composer while files are dragged over the page. */
export function DropHint() {
  return (
    <div className="pointer-events-none absolute inset-0 flex items-center justify-center gap-2 rounded-xl bg-accent-soft font-medium text-accent">
      <ImageUp aria-hidden className="size-5" />
      Drop images or documents to attach them
    </div>
  );
}
