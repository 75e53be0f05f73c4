/** What intrinsic functions look things up in. Each fails with the path when the name is unknown. */
export interface Scope {
  /** A resource's physical id, a parameter or a pseudo parameter. */
  reference(name: string, path: string): unknown;
  attribute(logicalId: string, attribute: string, path: string): unknown;
  mapping(map: string, topKey: string, secondKey: string, path: string): unknown;
  condition(name: string, path: string): boolean;
}
