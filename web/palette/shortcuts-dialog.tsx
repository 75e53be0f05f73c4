import { useState } from 'react';
import { t } from '../language/t.ts';
import { Checkbox } from '../parts/forms/checkbox.tsx';
import { Dialog } from '../parts/overlays/dialog.tsx';
import { isApple, singleKeysAreOn, turnSingleKeys } from '../shell/palette/shortcuts.ts';

const shortcuts = () => [
  { keys: isApple() ? '⌘ K' : t('Ctrl K'), does: t('Search everything') },
  { keys: '/', does: t('Go to the search of the screen') },
  { keys: 'N', does: t('New chat in the playground') },
  { keys: '?', does: t('Keyboard shortcuts') },
  { keys: t('Esc'), does: t('Close what is open, or stop an answer') },
];

export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const [isOn, setIsOn] = useState(singleKeysAreOn);
  return (
    <Dialog open onOpenChange={(open) => open || onClose()} title={t('Keyboard shortcuts')}>
      <dl className="divide-y divide-line">
        {shortcuts().map(({ keys, does }) => (
          <div key={does} className="flex items-center justify-between gap-4 py-2">
            <dt>{does}</dt>
            <dd>
              <kbd className="rounded-sm border border-line-strong/60 bg-sunken px-2 py-0.5 font-sans text-sm">
                {keys}
              </kbd>
            </dd>
          </div>
        ))}
      </dl>
      <div className="mt-4">
        <Checkbox
          label={t('Single-key shortcuts')}
          hint={t('Turn them off if you dictate, or press keys by accident. Saved in this browser.')}
          checked={isOn}
          onChange={(on) => {
            turnSingleKeys(on);
            setIsOn(on);
          }}
        />
      </div>
    </Dialog>
  );
}
