import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

export interface Resource {
  Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: CloudFormation properties, whose shapes tests go on to assert
  Properties: any;
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
}

export interface Template {
  Resources: Record<string, Resource>;
  Outputs: Record<string, { Value: unknown }>;
}

const assembly = resolve(import.meta.dirname, '../../cdk.out');

/** The template as `npx cdk deploy` would deploy it; jest's global set-up has synthesized it. */
export function readTemplate(): Template {
  return JSON.parse(readFileSync(resolve(assembly, 'Daypass.template.json'), 'utf8'));
}

export function readValidationReport(): { pluginReports: unknown[] } {
  return JSON.parse(readFileSync(resolve(assembly, 'validation-report.json'), 'utf8'));
}

export function resourcesOf(template: Template, type: string): Map<string, Resource> {
  return new Map(Object.entries(template.Resources).filter(([, resource]) => resource.Type === type));
}

/** @throws unless there is exactly one */
export function onlyResource(template: Template, type: string): Resource & { id: string } {
  const [[id, resource] = [], ...others] = resourcesOf(template, type);
  if (id === undefined || resource === undefined || others.length > 0) {
    throw new Error(`the template has ${resourcesOf(template, type).size} of ${type}`);
  }
  return { id, ...resource };
}

/** A value with its intrinsics written out: `arn:<AWS::Partition>:logs:…:<Table.Arn>`. */
export function flat(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const intrinsic = value as Record<string, unknown>;
  if ('Ref' in intrinsic) return `<${intrinsic.Ref}>`;
  if ('Fn::GetAtt' in intrinsic) return `<${(intrinsic['Fn::GetAtt'] as string[]).join('.')}>`;
  if ('Fn::Sub' in intrinsic) return String(intrinsic['Fn::Sub']).replace(/\$\{(.+?)\}/g, '<$1>');
  if ('Fn::Join' in intrinsic) {
    const [separator, parts] = intrinsic['Fn::Join'] as [string, unknown[]];
    return parts.map(flat).join(separator);
  }
  throw new Error(`cannot write out ${JSON.stringify(value)}`);
}

export interface Grant {
  action: string;
  resource: string;
}

/** What the role of a handler (`create-api-key`) may do, a row for every action and resource. */
export function grantsOf(template: Template, handler: string): Grant[] {
  const [, { Properties: properties }] = functionNamed(template, handler);
  return grantsOfRole(template, flat(properties.Role).slice(1, -'.Arn>'.length));
}

export function grantsOfRole(template: Template, roleId: string): Grant[] {
  const policies = [...resourcesOf(template, 'AWS::IAM::Policy').values()].filter(({ Properties }) =>
    Properties.Roles.some((role: unknown) => flat(role) === `<${roleId}>`),
  );
  const inline: { PolicyDocument: unknown }[] = template.Resources[roleId]?.Properties.Policies ?? [];
  return [...policies.map(({ Properties }) => Properties), ...inline].flatMap(({ PolicyDocument }) =>
    grantsOfDocument(PolicyDocument),
  );
}

/** What a role is denied, with its conditions. */
export function denialsOf(template: Template, handler: string): Statement[] {
  const [, { Properties: properties }] = functionNamed(template, handler);
  const role = flat(properties.Role).slice(1, -'.Arn>'.length);
  return [...resourcesOf(template, 'AWS::IAM::Policy').values()]
    .filter(({ Properties }) => Properties.Roles.some((one: unknown) => flat(one) === `<${role}>`))
    .flatMap(({ Properties }) => (Properties.PolicyDocument as { Statement: Statement[] }).Statement)
    .filter(({ Effect }) => Effect === 'Deny');
}

interface Statement {
  Effect: string;
  Condition?: unknown;
  Action: string | string[];
  Resource: unknown;
}

function grantsOfDocument(document: unknown): Grant[] {
  return (document as { Statement: Statement[] }).Statement.flatMap((statement) => {
    if (statement.Effect === 'Deny') return [];
    if (statement.Effect !== 'Allow' || statement.Action === undefined) {
      throw new Error(`a statement these tests can't read: ${JSON.stringify(statement)}`);
    }
    return [statement.Action]
      .flat()
      .flatMap((action) =>
        [statement.Resource].flat().map((resource) => ({ action, resource: flat(resource) })),
      );
  });
}

/** Our own functions by the name of their handler. */
export function functionsOf(template: Template): Map<string, [id: string, function_: Resource]> {
  const functions = [...resourcesOf(template, 'AWS::Lambda::Function')];
  return new Map(
    functions.flatMap(([id, resource]) => {
      const name: string | undefined = resource.Properties.Environment?.Variables.SERVICE_NAME;
      return name === undefined ? [] : [[name, [id, resource]]];
    }),
  );
}

function functionNamed(template: Template, handler: string): [id: string, function_: Resource] {
  const found = functionsOf(template).get(handler);
  if (found === undefined) throw new Error(`the template has no function ${handler}`);
  return found;
}

export interface Method {
  /** `POST /v1/login` */
  name: string;
  verb: string;
  // biome-ignore lint/suspicious/noExplicitAny: see Resource
  properties: any;
}

/** Every method of the REST API. */
export function methodsOf(template: Template): Method[] {
  return [...resourcesOf(template, 'AWS::ApiGateway::Method').values()].map(({ Properties }) => ({
    name: `${Properties.HttpMethod} ${pathOf(template, Properties.ResourceId)}`,
    verb: Properties.HttpMethod,
    properties: Properties,
  }));
}

function pathOf(template: Template, resourceId: unknown): string {
  const id = (resourceId as { Ref?: string }).Ref;
  if (id === undefined) return '';
  const { ParentId, PathPart } = template.Resources[id]?.Properties ?? {};
  return `${pathOf(template, ParentId)}/${PathPart}`;
}
