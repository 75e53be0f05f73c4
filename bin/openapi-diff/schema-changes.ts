import type { Change, RuleName } from './rules.ts';

/** The parts of JSON Schema that the document uses; its test fails for others, which nothing here would compare. */
export interface Schema {
  $ref?: string;
  title?: string;
  type?: string | string[];
  format?: string;
  pattern?: string;
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  items?: Schema | false;
  prefixItems?: Schema[];
  propertyNames?: Schema;
  /** Of nothing but `{}`: no value at all. */
  not?: Schema;
  default?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  [bound: string]: unknown;
}

export interface Side {
  /** `false`: no value at all. */
  schema: Schema | false | undefined;
  components: Readonly<Record<string, Schema>>;
}

/** Requests must take what they took; answers must keep what they promised. */
type Direction = 'request' | 'answer';

/** @param where the place in the document, to which names of fields are added */
export function schemaChanges(before: Side, after: Side, direction: Direction, where: string): Change[] {
  return compare(before, after, { direction, where, within: new Set() });
}

interface Looking {
  direction: Direction;
  where: string;
  /** References being compared, to end the recursion of schemas that contain themselves. */
  within: ReadonlySet<string>;
}

function compare(before: Side, after: Side, looking: Looking): Change[] {
  const [from, to] = [referenceOf(before), referenceOf(after)];
  const pair = `${from} ${to}`;
  if (from !== '' && to !== '' && looking.within.has(pair)) return [];
  const inside = { ...looking, within: new Set([...looking.within, pair]) };
  const [olds, news] = [variantsOf(before), variantsOf(after)];
  const removed = [...olds.keys()].filter((kind) => !news.has(kind));
  const added = [...news.keys()].filter((kind) => !olds.has(kind));
  const report = (rule: RuleName, kinds: string[]): Change[] =>
    kinds.map((kind) => ({ rule, where: `${looking.where} ${kind}` }));
  return [
    ...(looking.direction === 'request' ? report('type-removed', removed) : report('type-added', added)),
    ...[...olds].flatMap(([kind, old]) => {
      const now = news.get(kind);
      return now === undefined
        ? []
        : variantChanges({ ...before, schema: old }, { ...after, schema: now }, inside);
    }),
  ];
}

const referenceOf = ({ schema }: Side): string => (schema === false ? undefined : schema?.$ref) ?? '';

/** The kinds of value that a schema allows, each under what distinguishes it from the others. */
function variantsOf({ schema = {}, components }: Side): Map<string, Schema> {
  const kinds = new Map<string, Schema>();
  for (const one of schema === false ? [] : flat(schema, components)) {
    const kind = kindOf(one);
    const count = [...kinds.keys()].filter((known) => known.split('#')[0] === kind).length;
    kinds.set(count === 0 ? kind : `${kind}#${count}`, one);
  }
  return kinds;
}

function flat(schema: Schema, components: Side['components']): Schema[] {
  if (schema.$ref !== undefined)
    return flat(components[schema.$ref.split('/').at(-1) ?? ''] ?? {}, components);
  if (schema.not !== undefined) return [];
  const union = schema.anyOf ?? schema.oneOf;
  if (union !== undefined) return union.flatMap((one) => flat(one, components));
  return Array.isArray(schema.type) ? schema.type.map((type) => ({ ...schema, type })) : [schema];
}

function kindOf({ type, format, const: value, enum: values, properties = {} }: Schema): string {
  const fixed = Object.entries(properties).find(([, field]) => field.const !== undefined);
  if (fixed !== undefined) return `${fixed[0]}=${String(fixed[1].const)}`;
  const named = type ?? (value === undefined ? typeof values?.[0] : typeof value);
  return [named === 'undefined' ? 'any' : named, ...(format === undefined ? [] : [format])].join(':');
}

/** Of one kind of value. */
interface Variant extends Side {
  schema: Schema;
}

function variantChanges(before: Variant, after: Variant, looking: Looking): Change[] {
  return [
    ...valueChanges(before.schema, after.schema, looking),
    ...(looking.direction === 'request' ? boundChanges(before.schema, after.schema, looking.where) : []),
    ...propertyChanges(before, after, looking),
    ...itemChanges(before, after, looking),
  ];
}

function valueChanges(old: Schema, now: Schema, { direction, where }: Looking): Change[] {
  const allowed = (schema: Schema) =>
    schema.enum ?? (schema.const === undefined ? undefined : [schema.const]);
  const [before, after] = [allowed(old), allowed(now)];
  if (before === undefined) {
    // Any text was taken, and now one of a few alone.
    return after === undefined || direction === 'answer'
      ? []
      : [{ rule: 'value-removed', where: `${where} others` }];
  }
  if (after === undefined) return [];
  return before
    .filter((value) => !after.includes(value))
    .map((value) => ({ rule: 'value-removed', where: `${where} ${JSON.stringify(value)}` }));
}

/** Which way each bound narrows. */
const bounds: Readonly<Record<string, 1 | -1>> = {
  minimum: 1,
  exclusiveMinimum: 1,
  minLength: 1,
  minItems: 1,
  minProperties: 1,
  maximum: -1,
  exclusiveMaximum: -1,
  maxLength: -1,
  maxItems: -1,
  maxProperties: -1,
};

function boundChanges(old: Schema, now: Schema, where: string): Change[] {
  const narrowed = Object.entries(bounds).flatMap(([bound, way]): Change[] => {
    const [before, after] = [old[bound], now[bound]] as (number | undefined)[];
    const isNarrower =
      after !== undefined && (before === undefined ? after !== 0 : (after - before) * way > 0);
    return isNarrower ? [{ rule: 'bound-narrowed', where: `${where} ${bound}` }] : [];
  });
  const hasOtherPattern = now.pattern !== undefined && now.pattern !== old.pattern;
  const hasOtherDefault =
    old.default !== undefined && JSON.stringify(old.default) !== JSON.stringify(now.default);
  return [
    ...narrowed,
    ...(hasOtherPattern ? [{ rule: 'pattern-changed' as const, where }] : []),
    ...(hasOtherDefault ? [{ rule: 'default-changed' as const, where }] : []),
  ];
}

function propertyChanges(before: Variant, after: Variant, looking: Looking): Change[] {
  const [old, now] = [before.schema, after.schema];
  const { direction, where } = looking;
  const [olds, news] = [old.properties ?? {}, now.properties ?? {}];
  const isRequired = (schema: Schema, name: string) => schema.required?.includes(name) === true;
  const takesOthers = (schema: Schema) =>
    schema.properties !== undefined && schema.additionalProperties !== false;
  const kept = Object.keys(olds).flatMap((name): Change[] => {
    const at = `${where}.${name}`;
    const field = news[name];
    if (field === undefined) {
      // Objects that take any field take this one still.
      if (direction === 'request' && now.additionalProperties !== false) return [];
      return [{ rule: 'property-removed', where: at }];
    }
    const changes = compare(
      { ...before, schema: olds[name] },
      { ...after, schema: field },
      { ...looking, where: at },
    );
    if (direction === 'request' && !isRequired(old, name) && isRequired(now, name))
      changes.push({ rule: 'property-required', where: at });
    if (direction === 'answer' && isRequired(old, name) && !isRequired(now, name))
      changes.push({ rule: 'property-optional', where: at });
    return changes;
  });
  const demanded = Object.keys(news)
    .filter((name) => direction === 'request' && olds[name] === undefined && isRequired(now, name))
    .map((name): Change => ({ rule: 'property-required', where: `${where}.${name}` }));
  const isClosed = direction === 'request' && takesOthers(old) && now.additionalProperties === false;
  return [
    ...kept,
    ...demanded,
    ...(isClosed ? [{ rule: 'other-properties-refused' as const, where }] : []),
    ...mapChanges(before, after, looking),
  ];
}

/** Of objects whose names are data. */
function mapChanges(before: Variant, after: Variant, looking: Looking): Change[] {
  const [old, now] = [before.schema, after.schema];
  const anyName: Schema = { type: 'string' };
  const names =
    old.type === 'object'
      ? compare(
          { ...before, schema: old.propertyNames ?? anyName },
          { ...after, schema: now.propertyNames ?? anyName },
          { ...looking, where: `${looking.where} names` },
        )
      : [];
  const [values, valuesNow] = [old.additionalProperties, now.additionalProperties];
  if (typeof values !== 'object' || typeof valuesNow !== 'object') return names;
  const where = `${looking.where}.*`;
  return [
    ...names,
    ...compare({ ...before, schema: values }, { ...after, schema: valuesNow }, { ...looking, where }),
  ];
}

/** Of lists: item by item where these have schemas of their own, and the others together. */
function itemChanges(before: Variant, after: Variant, looking: Looking): Change[] {
  const [old, now] = [before.schema, after.schema];
  if (old.type !== 'array') return [];
  const own = Math.max(old.prefixItems?.length ?? 0, now.prefixItems?.length ?? 0);
  const places = [...Array.from({ length: own }, (_, index) => index), undefined];
  return places.flatMap((place) =>
    compare(
      { ...before, schema: itemAt(old, place) },
      { ...after, schema: itemAt(now, place) },
      { ...looking, where: `${looking.where}[${place ?? ''}]` },
    ),
  );
}

const itemAt = ({ prefixItems = [], items }: Schema, place: number | undefined): Schema | false | undefined =>
  (place === undefined ? undefined : prefixItems[place]) ?? items;
