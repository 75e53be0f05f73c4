type Schema = Readonly<Record<string, unknown>>;
type Members = Readonly<Record<string, unknown>>;

/**
 * Whether JSON is valid by a schema, in the keywords of JSON Schema 2020-12 and of older drafts that say what a value is.
 * Conditions (`if`), `dependent…`, `unevaluated…` and references to elsewhere are not checked.
 * @throws Error for a schema that can't be followed: with a broken pattern, or a reference that leads back to itself
 */
export function fitsSchema(value: unknown, schema: unknown, root = schema): boolean {
  if (!isObject(schema)) return schema !== false;
  const fits = (one: unknown, by: unknown) => fitsSchema(one, by, root);
  const every = (schemas: unknown) => list(schemas).every((one) => fits(value, one));
  return (
    hasType(value, schema.type) &&
    (schema.enum === undefined || list(schema.enum).some((one) => isSame(one, value))) &&
    (schema.const === undefined || isSame(schema.const, value)) &&
    (typeof schema.$ref !== 'string' || fits(value, resolve(schema.$ref, root))) &&
    every(schema.allOf) &&
    (schema.anyOf === undefined || list(schema.anyOf).some((one) => fits(value, one))) &&
    (schema.oneOf === undefined || list(schema.oneOf).filter((one) => fits(value, one)).length === 1) &&
    (schema.not === undefined || !fits(value, schema.not)) &&
    (typeof value !== 'string' || fitsText(value, schema)) &&
    (typeof value !== 'number' || fitsNumber(value, schema)) &&
    (!Array.isArray(value) || fitsList(value, schema, fits)) &&
    (!isObject(value) || fitsObject(value, schema, fits))
  );
}

function hasType(value: unknown, type: unknown): boolean {
  if (Array.isArray(type)) return type.some((one) => hasType(value, one));
  switch (type) {
    case undefined:
      return true;
    case 'null':
      return value === null;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isObject(value);
    case 'integer':
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}

function fitsText(text: string, schema: Schema): boolean {
  const { length } = schema.minLength === undefined && schema.maxLength === undefined ? text : [...text];
  return (
    isWithin(length, schema.minLength, schema.maxLength) &&
    (typeof schema.pattern !== 'string' || expression(schema.pattern).test(text)) &&
    formats[String(schema.format)]?.(text) !== false
  );
}

function fitsNumber(value: number, schema: Schema): boolean {
  const { minimum, maximum, exclusiveMinimum: above, exclusiveMaximum: below, multipleOf: step } = schema;
  const steps = typeof step === 'number' ? value / step : 0;
  return (
    isWithin(value, minimum, maximum) &&
    // Draft 4 says by true that the bound itself is left out.
    !(above === true ? value === minimum : value <= bound(above, -Infinity)) &&
    !(below === true ? value === maximum : value >= bound(below, Infinity)) &&
    // 0.3 is a multiple of 0.1, though not in binary.
    Math.abs(steps - Math.round(steps)) <= 1e-9 * Math.max(1, Math.abs(steps))
  );
}

type Fits = (value: unknown, schema: unknown) => boolean;

function fitsList(values: readonly unknown[], schema: Schema, fits: Fits): boolean {
  const first = list(schema.prefixItems ?? schema.items);
  const others = Array.isArray(schema.items) ? schema.additionalItems : schema.items;
  return (
    isWithin(values.length, schema.minItems, schema.maxItems) &&
    values.every((value, at) => fits(value, at < first.length ? first[at] : others)) &&
    (schema.uniqueItems !== true || new Set(values.map(canonical)).size === values.length) &&
    (schema.contains === undefined ||
      isWithin(
        values.filter((value) => fits(value, schema.contains)).length,
        schema.minContains ?? 1,
        schema.maxContains,
      ))
  );
}

function fitsObject(members: Members, schema: Schema, fits: Fits): boolean {
  const properties = isObject(schema.properties) ? schema.properties : {};
  const patterns = Object.entries(schema.patternProperties ?? {}).map(
    ([pattern, by]) => [expression(pattern), by] as const,
  );
  const fitsMember = ([name, value]: [string, unknown]) => {
    const by = patterns.filter(([pattern]) => pattern.test(name)).map(([, one]) => one);
    if (Object.hasOwn(properties, name)) by.push(properties[name]);
    if (by.length === 0) by.push(schema.additionalProperties);
    return fits(name, schema.propertyNames) && by.every((one) => fits(value, one));
  };
  const entries = Object.entries(members);
  return (
    isWithin(entries.length, schema.minProperties, schema.maxProperties) &&
    list(schema.required).every((name) => Object.hasOwn(members, String(name))) &&
    entries.every(fitsMember)
  );
}

/** What clients' schemas name. Other formats are not checked. */
const formats: Partial<Record<string, (text: string) => boolean>> = {
  'date-time': (text) =>
    /^\d{4}-\d\d-\d\d[Tt]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/.test(text) &&
    isDay(text.slice(0, 10)),
  date: (text) => isDay(text),
  time: (text) => /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/.test(text),
  duration: (text) =>
    /^P(?=\d|T\d)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/.test(text),
  email: (text) => /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(text),
  hostname: (text) =>
    text.length <= 253 && /^(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*$/i.test(text),
  ipv4: (text) => /^((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(?!$)|$)){4}$/.test(text),
  ipv6: (text) => /^[\da-f:.]+$/i.test(text) && URL.canParse(`http://[${text}]`),
  uri: (text) => URL.canParse(text),
  uuid: (text) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text),
};

function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00Z`).toJSON()?.startsWith(text) === true;
}

/** By a JSON pointer into the whole schema. */
function resolve(reference: string, root: unknown): unknown {
  if (!reference.startsWith('#')) return true;
  let found = root;
  for (const step of decodeURIComponent(reference.slice(1)).split('/').slice(1)) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    found = Object.hasOwn(Object(found), name) ? (found as Members)[name] : undefined;
  }
  return found;
}

function expression(pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    // Some escapes are not allowed with it.
    return new RegExp(pattern);
  }
}

const isWithin = (count: number, least: unknown, most: unknown) =>
  count >= bound(least, -Infinity) && count <= bound(most, Infinity);
const bound = (value: unknown, without: number) => (typeof value === 'number' ? value : without);
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const isSame = (one: unknown, other: unknown) => one === other || canonical(one) === canonical(other);

/** JSON whose members stand in one order. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_name, one) =>
    isObject(one) ? { members: Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)) } : one,
  );

export function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
