import { useEffect } from 'react';
import { useSearchParams } from 'react-router';
import { usePlayground } from './use-playground.ts';

/** `/playground?model=nova-lite`, as the list of models leads here, chooses it once. */
export function useAskedModel(): void {
  const { settings } = usePlayground();
  const [search, setSearch] = useSearchParams();
  const model = search.get('model');
  useEffect(() => {
    if (model === null) return;
    settings.set({ ...settings.get(), model });
    setSearch({}, { replace: true });
  }, [model, settings, setSearch]);
}
