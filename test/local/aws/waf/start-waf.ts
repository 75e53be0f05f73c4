import type { InspectedRequest } from '../../../../local/aws/waf/inspected-request.ts';
import { createWaf, type Waf } from '../../../../local/aws/waf/waf.ts';
import { silentLog } from '../../../../local/log.ts';
import { wafProviders } from '../../../../local/template/providers/waf.ts';
import type { ProviderContext } from '../../../../local/template/resource-provider.ts';
import { stillClock } from '../apigateway/data-plane/start-gateway.ts';

export const visibility = {
  CloudWatchMetricsEnabled: true,
  MetricName: 'metric',
  SampledRequestsEnabled: false,
};

/** A rule that blocks, unless told otherwise. */
export const rule = (name: string, priority: number, statement: object, action: object = { Block: {} }) => ({
  Name: name,
  Priority: priority,
  Action: action,
  Statement: statement,
  VisibilityConfig: visibility,
});

export const asItIs = [{ Priority: 0, Type: 'NONE' }];

export const pathIs = (regex: string, types: readonly string[] = ['NONE']) => ({
  RegexMatchStatement: {
    FieldToMatch: { UriPath: {} },
    RegexString: regex,
    TextTransformations: types.map((Type, Priority) => ({ Priority, Type })),
  },
});

export const rate = (fields: object = {}) => ({
  RateBasedStatement: { Limit: 10, AggregateKeyType: 'IP', ...fields },
});

export function request(parts: Partial<InspectedRequest> = {}): InspectedRequest {
  return { httpMethod: 'GET', path: '/prod/v1/things', headers: [], sourceIp: '192.0.2.1', ...parts };
}

/** A web ACL in front of the stage `prod` of API `api`, made as from a template. */
export function startWaf(properties: object) {
  const clock = stillClock(Date.UTC(2026, 10, 22));
  const told: string[] = [];
  const log = { ...silentLog, info: (_from: string, message: string) => void told.push(message) };
  const waf = createWaf({ clock, log, region: 'us-east-1', accountId: '123456789012' });
  const redefine = (changed: object) => defineInFront(waf, changed);
  redefine(properties);
  const stops = (parts?: Partial<InspectedRequest>) =>
    waf.stops({ apiId: 'api', stage: 'prod' }, request(parts));
  /** How many of these calls pass. */
  const passing = (count: number, parts?: Partial<InspectedRequest>) =>
    Array.from({ length: count }, () => stops(parts)).filter((by) => by === undefined).length;
  return { waf, clock, told, redefine, stops, passing };
}

export function defineInFront(waf: Waf, properties: object, stage = 'api/stages/prod'): void {
  const [webAcl, association] = wafProviders(waf).map(
    ({ create }) =>
      (id: string, given: object) =>
        create(id, given as Record<string, unknown>, {} as ProviderContext) as {
          attributes: Record<string, string>;
        },
  );
  const acl = webAcl?.('Acl', {
    Scope: 'REGIONAL',
    DefaultAction: { Allow: {} },
    VisibilityConfig: visibility,
    ...properties,
  });
  association?.('Association', {
    ResourceArn: `arn:aws:apigateway:us-east-1::/restapis/${stage}`,
    WebACLArn: acl?.attributes.Arn,
  });
}
