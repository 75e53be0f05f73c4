/** A file asset of the assembly: what `cdk deploy` would have uploaded under `objectKey`. */
export interface Asset {
  readonly objectKey: string;
  /** Absolute. For `zip` a directory whose contents would be zipped, for `file` one file, zipped or not. */
  readonly path: string;
  readonly packaging: 'zip' | 'file';
}

export interface Assets {
  /** Fails with the key when the assembly has no such asset. */
  byObjectKey(objectKey: string): Asset;
}
