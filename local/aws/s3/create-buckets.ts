import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../../clock.ts';
import type { Buckets, CloudFrontGrant, StoredObject } from './buckets.ts';

interface OpenBucket {
  readonly directory: string;
  readonly objects: Map<string, StoredObject>;
  grant: CloudFrontGrant;
}

/**
 * One directory a bucket; an object is a body named by its content and a JSON file named by its key, so that
 * any key fits the file system and the JSON file, written last, decides which body counts.
 */
export function createBuckets(directory: string, clock: Clock): Buckets {
  const buckets = new Map<string, OpenBucket>();
  const open = (name: string): OpenBucket => {
    const bucket = buckets.get(name);
    if (bucket === undefined) throw new Error(`Bucket ${name} doesn't exist.`);
    return bucket;
  };

  return {
    create(name) {
      if (buckets.has(name)) return;
      const path = join(directory, name);
      mkdirSync(path, { recursive: true });
      buckets.set(name, { directory: path, objects: loadObjects(path), grant: { read: false, list: false } });
    },
    has: (name) => buckets.has(name),
    head: (name, key) => open(name).objects.get(key),
    read(name, key, range = undefined) {
      const bucket = open(name);
      const object = bucket.objects.get(key);
      if (object === undefined) throw new Error(`${name} has no object ${key}.`);
      return createReadStream(bodyPath(bucket.directory, object.etag), range);
    },
    put(name, key, body, metadata) {
      const bucket = open(name);
      const etag = `"${createHash('md5').update(body).digest('hex')}"`;
      const before = bucket.objects.get(key);
      const object: StoredObject = {
        ...metadata,
        key,
        sizeBytes: body.length,
        etag,
        modifiedAt: clock.now(),
      };
      const bodyFile = bodyPath(bucket.directory, etag);
      const unchanged =
        before !== undefined && isDeepStrictEqual({ ...before, modifiedAt: 0 }, { ...object, modifiedAt: 0 });
      if (unchanged && existsSync(bodyFile)) return before;
      writeWhole(bodyFile, body);
      writeWhole(metadataPath(bucket.directory, key), JSON.stringify(object));
      bucket.objects.set(key, object);
      if (before !== undefined) dropBody(bucket, before.etag);
      return object;
    },
    delete(name, key) {
      const bucket = open(name);
      const object = bucket.objects.get(key);
      if (object === undefined) return;
      rmSync(metadataPath(bucket.directory, key), { force: true });
      bucket.objects.delete(key);
      dropBody(bucket, object.etag);
    },
    list: (name, prefix = '') =>
      [...open(name).objects.keys()].filter((key) => key.startsWith(prefix)).sort(),
    grantCloudFront(name, grant) {
      open(name).grant = grant;
    },
    cloudFrontGrant: (name) => open(name).grant,
  };
}

const bodyPath = (directory: string, etag: string) => join(directory, `${etag.replaceAll('"', '')}.body`);

const metadataPath = (directory: string, key: string) =>
  join(directory, `${createHash('sha256').update(key).digest('hex')}.json`);

function loadObjects(directory: string): Map<string, StoredObject> {
  const files = readdirSync(directory).filter((file) => file.endsWith('.json'));
  const objects = files.map(
    (file) => JSON.parse(readFileSync(join(directory, file), 'utf8')) as StoredObject,
  );
  return new Map(objects.map((object) => [object.key, object]));
}

function writeWhole(path: string, content: string | Buffer): void {
  writeFileSync(`${path}.part`, content);
  renameSync(`${path}.part`, path);
}

/** Two keys with the same content share a body. */
function dropBody({ directory, objects }: OpenBucket, etag: string): void {
  if ([...objects.values()].every((object) => object.etag !== etag))
    rmSync(bodyPath(directory, etag), { force: true });
}
