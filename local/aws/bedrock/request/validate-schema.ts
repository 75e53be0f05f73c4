import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { JsonObject } from '../json-fields.ts';

// A property may be called `toString`, which no object lacks otherwise.
const options = { strict: false, logger: false, ownProperties: true } as const;
const currentDrafts = new Ajv2020(options);
const oldDrafts = new Ajv(options);
for (const ajv of [currentDrafts, oldDrafts]) formats.default(ajv);

/** What is wrong with a schema by JSON Schema 2020-12, or by the older draft that it names; undefined if nothing. */
export function schemaProblem(schema: JsonObject): string | undefined {
  try {
    compileSchema(schema);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** @throws an Error for an invalid schema, or one with a reference that leads nowhere */
export function compileSchema(schema: JsonObject): (value: unknown) => boolean {
  const { $schema: dialect, ...own } = schema;
  const isOld = typeof dialect === 'string' && /draft-0[4-7]/.test(dialect);
  const ajv = isOld ? oldDrafts : currentDrafts;
  try {
    const validate = ajv.compile(own);
    return (value) => validate(value) === true;
  } finally {
    // Ajv would keep it forever, and schemas of different callers may share an `$id`.
    ajv.removeSchema(own);
    if (typeof own.$id === 'string') ajv.removeSchema(own.$id);
  }
}
