import { type Ability, abilities } from '../../models/model-facts.ts';
import { useAddress } from '../../shell/use-address.ts';

export const orders = ['listed', 'cheapest', 'context', 'newest'] as const;
export type Order = (typeof orders)[number];

export interface ModelFilters {
  search: string;
  maker: string | undefined;
  /** A model must have all of them. */
  can: readonly Ability[];
  order: Order;
}

/** Kept in the address, so that a list can be sent to a colleague. */
export function useModelFilters() {
  const { values, choose, clear } = useAddress(['search', 'maker', 'can', 'order']);
  const wanted = values.can?.split(',') ?? [];
  const filters: ModelFilters = {
    search: values.search ?? '',
    maker: values.maker,
    can: abilities.filter((ability) => wanted.includes(ability)),
    order: orders.find((order) => order === values.order) ?? 'listed',
  };
  return { filters, choose, clear };
}

export type ChooseFilter = ReturnType<typeof useModelFilters>['choose'];
