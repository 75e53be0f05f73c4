interface Created {
  id: string;
  /** Counts up; records of an older runtime have none and come first. */
  order?: number;
}

export const nextOrder = (existing: readonly { value: Created }[]): number =>
  existing.reduce((last, { value }) => Math.max(last, value.order ?? 0), 0) + 1;

/** Sorts as a text in the order in which things were made. */
export const creationOrder = ({ id, order = 0 }: Created): string =>
  `${String(order).padStart(12, '0')}/${id}`;
