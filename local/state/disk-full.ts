import { AwsError } from '../aws/service.ts';

/**
 * Nothing was written. AWS has no such error; callers see a service that is unavailable for a while, and
 * AWS's SDKs try again.
 */
export class DiskFull extends AwsError {
  constructor() {
    super('ServiceUnavailable', 'The disk that holds the data directory is full.', 503);
  }
}

/** SQLite's result codes, without their extensions: https://www.sqlite.org/rescode.html */
const full = 13;

/** SQLite's own error, or what it means. */
export function meaningOf(error: unknown): unknown {
  const code = (error as { errcode?: unknown } | undefined)?.errcode;
  return typeof code === 'number' && (code & 0xff) === full ? new DiskFull() : error;
}
