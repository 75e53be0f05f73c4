import { daysPerMonth, lambda, prices } from '../aws-figures.ts';
import type { Demand } from './demand.ts';
import { sumOf } from './series.ts';
import type { DaySettings } from './settings.ts';
import { ceilingCost } from './write-units.ts';

export interface Cost {
  service: string;
  units: string;
  dollars: number;
}

export interface OtherTraffic {
  /** Requests besides chat: visits to the console and creations. */
  requests: number;
  readUnits: number;
}

const million = 1_000_000;
const count = (amount: number) => Math.round(amount).toLocaleString('en-US');

/** What the day costs by service, in one account; a cell has its own web ACL. */
export function costOfDay(settings: DaySettings, demand: Demand, other: OtherTraffic, cells: number): Cost[] {
  const requests = demand.calls + other.requests;
  const writes = Object.values(demand.writes).reduce((sum, series) => sum + sumOf(series), 0);
  const ceilingWrites =
    demand.calls * ceilingCost.charge +
    demand.served * ceilingCost.settle +
    demand.refunded * ceilingCost.refund;
  const ceilingReads = demand.calls * ceilingCost.readsOfCharge;
  // A function that only refuses or reads is done in about 50 ms.
  const shortSeconds = 0.05 * (requests - demand.served);
  const gigabyteSeconds = (demand.totals.streamSeconds + shortSeconds) * lambda.chatGigabytes;
  const logGigabytes = (requests * prices.logKilobytesPerCall) / million;
  const models = settings.models.map((model, index) => {
    const input = demand.totals.inputTokens[index] ?? 0;
    const output = demand.totals.outputTokens[index] ?? 0;
    return {
      service: `Bedrock, ${model.name}`,
      units: `${count(input / million)} M tokens in, ${count(output / million)} M out`,
      dollars: (input * model.dollarsPerMillionInput + output * model.dollarsPerMillionOutput) / million,
    };
  });
  return [
    {
      service: 'API Gateway',
      units: `${count(requests)} requests`,
      dollars: monthlyTiers(requests * daysPerMonth) / daysPerMonth,
    },
    {
      service: 'Lambda',
      units: `${count(gigabyteSeconds)} GB-seconds`,
      dollars:
        gigabyteSeconds * prices.lambdaGigabyteSecond +
        (requests / million) * prices.lambdaRequestsPerMillion,
    },
    {
      service: 'DynamoDB writes',
      units: `${count(writes)} units`,
      dollars: (writes / million) * prices.dynamodbWritesPerMillion,
    },
    {
      service: 'DynamoDB, a ceiling in requests and dollars',
      units: `${count(ceilingWrites)} write units, ${count(ceilingReads)} read units`,
      dollars:
        (ceilingWrites * prices.dynamodbWritesPerMillion + ceilingReads * prices.dynamodbReadsPerMillion) /
        million,
    },
    {
      service: 'DynamoDB reads',
      units: `${count(other.readUnits)} units`,
      dollars: (other.readUnits / million) * prices.dynamodbReadsPerMillion,
    },
    {
      service: 'WAF',
      units: `${count(requests)} requests, ${cells} web ACLs`,
      dollars:
        (requests / million) * prices.wafRequestsPerMillion + (cells * prices.wafAclMonth) / daysPerMonth,
    },
    {
      service: 'CloudWatch logs',
      units: `${count(logGigabytes)} GB`,
      dollars: logGigabytes * prices.logsGigabyte,
    },
    ...models,
  ];
}

function monthlyTiers(requests: number): number {
  let rest = requests / million;
  let below = 0;
  let dollars = 0;
  for (const { upToMillions, dollarsPerMillion } of prices.apiGatewayTiers) {
    const here = Math.min(rest, upToMillions - below);
    dollars += here * dollarsPerMillion;
    rest -= here;
    below = upToMillions;
    if (rest <= 0) break;
  }
  return dollars;
}
