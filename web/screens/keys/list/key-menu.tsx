import { Ban, Ellipsis, KeyRound, Pencil, RefreshCw } from 'lucide-react';
import { IconButton } from '../../../parts/buttons/icon-button.tsx';
import { Menu, MenuItem, MenuLink, MenuSeparator } from '../../../parts/overlays/menu.tsx';
import { useKeyActions } from '../change/key-actions.tsx';
import { isLive, type Key } from '../key.ts';

export function KeyMenu({ of: key }: { of: Key }) {
  const ask = useKeyActions();
  return (
    <Menu trigger={<IconButton label={`Actions for ${key.name}`} icon={<Ellipsis aria-hidden />} />}>
      <MenuLink to={`/keys/${key.id}`} icon={<KeyRound aria-hidden />}>
        Details and snippets
      </MenuLink>
      {isLive(key) && (
        <>
          <MenuItem icon={<Pencil aria-hidden />} onClick={() => ask('edit', key)}>
            Edit…
          </MenuItem>
          <MenuItem icon={<RefreshCw aria-hidden />} onClick={() => ask('rotate', key)}>
            Rotate…
          </MenuItem>
          <MenuSeparator />
          <MenuItem danger icon={<Ban aria-hidden />} onClick={() => ask('revoke', key)}>
            Revoke…
          </MenuItem>
        </>
      )}
    </Menu>
  );
}
