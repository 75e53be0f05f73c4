/** As DynamoDB counts: names and texts in UTF-8, numbers two digits a byte, a byte and more for each container. */
export function sizeOf(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return Math.ceil(String(value).length / 2) + 1;
  if (value instanceof Set) return 3 + [...value].reduce<number>((sum, entry) => sum + sizeOf(entry) + 1, 0);
  if (typeof value !== 'object' || value === null) return 1;
  return Object.entries(value).reduce((sum, [name, entry]) => sum + sizeOf(name) + sizeOf(entry) + 1, 3);
}
