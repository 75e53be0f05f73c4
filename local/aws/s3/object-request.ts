export interface ObjectRequest {
  readonly bucket: string;
  readonly key: string;
  /** Lower-case names: `range`, `if-none-match`, … */
  header(name: string): string | undefined;
}
