import { useEffect, useRef, useState } from 'react';
import type { Key } from '../../keys/key.ts';
import { t } from '../../language/t.ts';

/** Announces to screen readers that a key works now. */
export function ActivationNews({ keys }: { keys: readonly Key[] }) {
  const [news, setNews] = useState('');
  const waiting = useRef(new Set<string>());
  useEffect(() => {
    const active = keys.filter(({ id, status }) => status === 'active' && waiting.current.has(id));
    if (active.length > 0) setNews(active.map(({ name }) => t('{name} is active now.', { name })).join(' '));
    waiting.current = new Set(keys.filter(({ status }) => status === 'activating').map(({ id }) => id));
  }, [keys]);
  return (
    <p role="status" className="sr-only">
      {news}
    </p>
  );
}
