import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { stableId } from '../apigateway/identifiers.ts';
import type { DefinedResource } from '../apigateway/rest-api/template-properties.ts';
import type { InspectedRequest } from './inspected-request.ts';
import type { AssociationProperties, WebAclProperties } from './template-properties.ts';
import { compileWebAcl, type WebAcl } from './web-acl.ts';

/** AWS WAF in front of API Gateway's stages. */
export interface Waf {
  /** `Ref` is `name|id|scope`; `Arn` and `Id`. Counts of unchanged rules are kept. */
  defineWebAcl(id: string, properties: WebAclProperties): DefinedResource;
  /** Puts a web ACL in front of a stage, replacing an earlier one. */
  defineAssociation(id: string, properties: AssociationProperties): DefinedResource;
  /** Removes what a changed template no longer has. */
  keepOnly(ids: { has(id: string): boolean }): void;
  /** @returns the name of the rule that stops this call to the stage, if one does */
  stops(stage: { apiId: string; stage: string }, request: InspectedRequest): string | undefined;
}

export interface WafDependencies {
  clock: Clock;
  log: Log;
  region: string;
  accountId: string;
  /** Whether rules are applied. They are parsed, and unknown ones refused, either way. @default true */
  enabled?: boolean;
}

const stageArn = /^arn:[^:]+:apigateway:[^:]*::\/restapis\/([^/]+\/stages\/[^/]+)$/;

/** A caller that is stopped usually goes on calling, so the terminal shows it only now and then. */
const quietSeconds = 60;

export function createWaf({ clock, log, region, accountId, enabled = true }: WafDependencies): Waf {
  const acls = new Map<string, { arn: string; properties: string; acl: WebAcl }>();
  /** By `API/stages/stage`. */
  const stages = new Map<string, { id: string; acl: WebAcl }>();
  const toldAt = new Map<string, number>();
  const report = (rule: string) => {
    const now = clock.now();
    if (Math.abs(now - (toldAt.get(rule) ?? Number.NEGATIVE_INFINITY)) < quietSeconds * 1000) return;
    toldAt.set(rule, now);
    log.info('waf', `rule ${rule} of the web ACL stops calls, as on AWS; DAYPASS_WAF=off turns it off`);
  };
  return {
    defineWebAcl(id, properties) {
      const name = properties.Name ?? id;
      const aclId = stableId('AWS::WAFv2::WebACL', id, 32);
      const arn = `arn:aws:wafv2:${region}:${accountId}:regional/webacl/${name}/${aclId}`;
      const text = JSON.stringify(properties);
      const before = acls.get(id);
      const acl = before?.properties === text ? before.acl : compileWebAcl(properties, clock);
      acls.set(id, { arn, properties: text, acl });
      return { ref: `${name}|${aclId}|REGIONAL`, attributes: { Arn: arn, Id: aclId } };
    },

    defineAssociation(id, { ResourceArn, WebACLArn }) {
      const found = acls.values().find(({ arn }) => arn === WebACLArn);
      if (found === undefined) throw new Error(`WebACLArn '${WebACLArn}' is not defined`);
      const stage = stageArn.exec(ResourceArn)?.[1];
      if (stage === undefined) throw new Error(`ResourceArn '${ResourceArn}' is no stage of a REST API`);
      stages.set(stage, { id, acl: found.acl });
      return { ref: stableId('AWS::WAFv2::WebACLAssociation', id, 12), attributes: {} };
    },

    keepOnly(ids) {
      for (const id of acls.keys()) if (!ids.has(id)) acls.delete(id);
      for (const [stage, { id }] of stages) if (!ids.has(id)) stages.delete(stage);
    },

    stops({ apiId, stage }, request) {
      const rule = enabled ? stages.get(`${apiId}/stages/${stage}`)?.acl(request) : undefined;
      if (rule !== undefined) report(rule);
      return rule;
    },
  };
}
