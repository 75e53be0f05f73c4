import { Ban, Ellipsis, KeyRound, MessagesSquare, Pencil, RefreshCw } from 'lucide-react';
import { Link } from 'react-router';
import { useTakeToPlayground } from '../../../key-in-hand/use-take-to-playground.ts';
import { isLive, type Key } from '../../../keys/key.ts';
import { t } from '../../../language/t.ts';
import { IconButton, iconButtonStyle } from '../../../parts/buttons/icon-button.tsx';
import { Menu, MenuItem, MenuLink, MenuSeparator } from '../../../parts/overlays/menu.tsx';
import { Tooltip } from '../../../parts/overlays/tooltip.tsx';
import { useKeyActions } from '../change/key-actions.tsx';

export function KeyMenu({ of: key }: { of: Key }) {
  const ask = useKeyActions();
  return (
    <Menu
      trigger={
        <IconButton label={t('Actions for {name}', { name: key.name })} icon={<Ellipsis aria-hidden />} />
      }
    >
      <MenuLink to={`/keys/${key.id}`} icon={<KeyRound aria-hidden />}>
        {t('Details and snippets')}
      </MenuLink>
      {isLive(key) && (
        <>
          <MenuItem icon={<Pencil aria-hidden />} onClick={() => ask('edit', key)}>
            {t('Edit…')}
          </MenuItem>
          <MenuItem icon={<RefreshCw aria-hidden />} onClick={() => ask('rotate', key)}>
            {t('Rotate…')}
          </MenuItem>
          <MenuSeparator />
          <MenuItem danger icon={<Ban aria-hidden />} onClick={() => ask('revoke', key)}>
            {t('Revoke…')}
          </MenuItem>
        </>
      )}
    </Menu>
  );
}

/** A key in one's playground, without opening its menu. */
export function PlaygroundLink({ of: key }: { of: Key }) {
  const take = useTakeToPlayground();
  const label = t('Open {name} in the playground', { name: key.name });
  return (
    <Tooltip text={label}>
      <Link to="/playground" onClick={() => take(key.id)} aria-label={label} className={iconButtonStyle}>
        <MessagesSquare aria-hidden />
      </Link>
    </Tooltip>
  );
}
