import { Paperclip } from 'lucide-react';
import { type ChangeEvent, useRef } from 'react';
import { t } from '../../../language/t.ts';
import { IconButton } from '../../../parts/buttons/icon-button.tsx';
import { acceptedFiles } from './attachment-types.ts';

export function AttachButton({ onFiles }: { onFiles: (files: File[]) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const onChange = ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
    onFiles([...(currentTarget.files ?? [])]);
    // So that the same file can be chosen again after it was removed.
    currentTarget.value = '';
  };
  return (
    <>
      <IconButton
        label={t('Attach images or documents')}
        icon={<Paperclip aria-hidden />}
        onClick={() => input.current?.click()}
      />
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={acceptedFiles}
        aria-label={t('Images or documents')}
        onChange={onChange}
      />
    </>
  );
}
