import type { Readable } from 'node:stream';

/** Object metadata a writer sets; names as in S3's headers. */
export interface WrittenMetadata {
  readonly contentType: string;
  readonly cacheControl?: string;
  readonly contentDisposition?: string;
  readonly contentEncoding?: string;
  readonly contentLanguage?: string;
  readonly expires?: string;
  /** Sent as `x-amz-meta-<name>`. */
  readonly user: Readonly<Record<string, string>>;
}

export interface StoredObject extends WrittenMetadata {
  readonly key: string;
  readonly sizeBytes: number;
  /** MD5 in quotes, as S3 answers it for a single-part upload. */
  readonly etag: string;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
}

/** What CloudFront may do in a bucket by its policy. Reading without listing turns a missing key into a 403. */
export interface CloudFrontGrant {
  readonly read: boolean;
  readonly list: boolean;
}

/** What reading through the edge takes. */
export type ReadableBuckets = Pick<Buckets, 'has' | 'head' | 'read' | 'cloudFrontGrant'>;

/** Buckets on disk. Writes are whole or not at all, also when the process is killed. */
export interface Buckets {
  /** Keeps what is in it when it exists. */
  create(bucket: string): void;
  has(bucket: string): boolean;
  head(bucket: string, key: string): StoredObject | undefined;
  /** @param range inclusive byte positions */
  read(bucket: string, key: string, range?: { start: number; end: number }): Readable;
  /** Writing what is already there changes nothing, the modification time included. */
  put(bucket: string, key: string, body: Buffer, metadata: WrittenMetadata): StoredObject;
  delete(bucket: string, key: string): void;
  /** Keys under a prefix, in order. */
  list(bucket: string, prefix?: string): string[];
  grantCloudFront(bucket: string, grant: CloudFrontGrant): void;
  cloudFrontGrant(bucket: string): CloudFrontGrant;
}
