import { isRecord, TemplateError } from './template.ts';

/** Looks up the text of a secret by its ARN or name. */
export type SecretStrings = (id: string) => string | undefined;

const anyReference = /\{\{resolve:([^:{}]*):?([^{}]*)\}\}/g;

/** `id:SecretString:json-key:version-stage:version-id`, all but the id optional; an ARN has colons of its own. */
const secretReference =
  /^(arn:[^:]*:secretsmanager(?::[^:]*){2}:secret:[^:]+|[^:]+)(?::SecretString(?::([^:]*))?(?::([^:]*))?(?::([^:]*))?)?$/;

/**
 * Replaces dynamic references (`{{resolve:secretsmanager:…}}`) by their values, as CloudFormation does after intrinsic
 * functions.
 * @throws TemplateError for services, versions and secrets that aren't here
 */
export function withDynamicReferences(value: unknown, secrets: SecretStrings, path: string): unknown {
  return replaced(value, path, (reference, at) =>
    reference.service === 'secretsmanager'
      ? secretText(reference, secrets, at)
      : unsupported(reference.text, at),
  );
}

/** For places where CloudFormation resolves none, or would reveal the secret. */
export function refuseDynamicReferences(value: unknown, path: string): void {
  replaced(value, path, ({ text }, at) => unsupported(text, at));
}

interface Reference {
  readonly text: string;
  readonly service: string;
  readonly rest: string;
}

function replaced(
  value: unknown,
  path: string,
  textOf: (reference: Reference, path: string) => string,
): unknown {
  if (typeof value === 'string')
    return value.replace(anyReference, (text, service: string, rest: string) =>
      textOf({ text, service, rest }, path),
    );
  if (Array.isArray(value)) return value.map((item, index) => replaced(item, `${path}[${index}]`, textOf));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, replaced(item, `${path}.${key}`, textOf)]),
  );
}

function secretText({ text: reference, rest }: Reference, secrets: SecretStrings, path: string): string {
  const [, id = '', key = '', stage = '', version = ''] =
    secretReference.exec(rest) ?? unsupported(reference, path);
  if (version !== '' || (stage !== '' && stage !== 'AWSCURRENT'))
    throw new TemplateError(path, `a version of secret ${id} is asked for; only the current one is here.`);
  const text = secrets(id);
  if (text === undefined) throw new TemplateError(path, `there is no secret ${id}.`);
  return key === '' ? text : fieldOf(text, key, id, path);
}

function fieldOf(text: string, key: string, id: string, path: string): string {
  const fields = parsed(text);
  if (isRecord(fields) && Object.hasOwn(fields, key)) return String(fields[key]);
  throw new TemplateError(path, `secret ${id} has no field ${key}.`);
}

/** JSON.parse's own error would quote the secret. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unsupported(reference: string, path: string): never {
  throw new TemplateError(path, `the dynamic reference ${reference} is not supported here.`);
}
