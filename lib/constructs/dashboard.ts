import { Duration, Stack } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import {
  Alarm,
  AlarmStatusWidget,
  Dashboard as CloudWatchDashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  LogQueryWidget,
  MathExpression,
  Metric,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import type { Endpoint } from './functions/endpoint.ts';

export interface DashboardProps {
  readonly api: RestApi;
  readonly table: Table;
  /** The functions that ask models. */
  readonly metered: readonly Endpoint[];
  /** By name. */
  readonly alarms: readonly string[];
  /** Log lines are made into metrics: settings, `metrics`. */
  readonly hasMetrics: boolean;
}

const period = Duration.minutes(5);
const width = 12;
const height = 6;

/** One page that says whether it is up, whether it is slow, what it costs, who is refused, and what needs the operator. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, { alarms, api, table, metered, hasMetrics }: DashboardProps) {
    super(scope, id);
    const { stackName } = Stack.of(this);
    const logGroups = metered.map(({ logGroup }) => logGroup.logGroupName);
    new CloudWatchDashboard(this, 'Dashboard', {
      dashboardName: stackName,
      defaultInterval: Duration.hours(3),
      widgets: [
        [
          new TextWidget({
            markdown: `# What needs me\nEach alarm has a runbook: docs/runbooks.md.${hasMetrics ? '' : ' Metrics of calls are off (metrics: off).'}`,
            width: 2 * width,
            height: 2,
          }),
        ],
        [
          new AlarmStatusWidget({
            title: 'Alarms',
            alarms: alarms.map((name) => Alarm.fromAlarmName(this, name, name)),
            width: 2 * width,
            height: 3,
          }),
        ],
        [this.isItUp(api), this.isItSlow(api)],
        ...(hasMetrics ? this.calls(stackName) : []),
        [
          graph('Functions that ask models', [
            ...metered.map(({ handler, node }) =>
              handler.metricThrottles({ period, label: `${node.id}, no room` }),
            ),
            ...metered.map(({ handler, node }) =>
              handler.metricErrors({ period, label: `${node.id}, crashed` }),
            ),
          ]),
          graph('The table', [
            sum('AWS/DynamoDB', 'ConsumedWriteCapacityUnits', 'units written', {
              TableName: table.tableName,
            }),
            sum('AWS/DynamoDB', 'ConsumedReadCapacityUnits', 'units read', { TableName: table.tableName }),
          ]),
        ],
        [
          query('Who is refused', logGroups, [
            'filter ispresent(code) and ispresent(apiKeyId)',
            'stats count(*) as refusals by apiKeyId, code',
            'sort refusals desc',
            'limit 20',
          ]),
          query('Slowest calls', logGroups, [
            'filter message = "call"',
            'fields @timestamp, model, ms, FirstTokenMs, OutputTokens, requestId',
            'sort ms desc',
            'limit 20',
          ]),
        ],
        [
          query('Which models fail, and why', logGroups, [
            // A broken answer's line `call` has the code too, and would count it twice.
            'filter code like /^model_/ and message != "call"',
            'stats count(*) as failures by code, model, cause.name',
            'sort failures desc',
            'limit 20',
          ]),
        ],
      ],
    });
  }

  private isItUp(api: RestApi): IWidget {
    return graph('Is it up?', [
      api.metricCount({ period, statistic: 'Sum', label: 'calls' }),
      api.metricServerError({ period, statistic: 'Sum', label: 'answered 5xx' }),
      api.metricClientError({ period, statistic: 'Sum', label: 'answered 4xx' }),
    ]);
  }

  private isItSlow(api: RestApi): IWidget {
    return graph('Is it slow? Until an answer ends, ms', [
      api.metricLatency({ period, statistic: 'p50', label: 'p50' }),
      api.metricLatency({ period, statistic: 'p99', label: 'p99' }),
    ]);
  }

  private calls(namespace: string): IWidget[][] {
    const count = (name: string, label: string) => sum(namespace, name, label);
    const firstToken = (statistic: string) =>
      new Metric({ namespace, metricName: 'FirstTokenMs', statistic, period, label: statistic });
    return [
      [
        graph('First token, ms', [firstToken('p50'), firstToken('p95'), firstToken('p99')]),
        graph('First token by model, p95 ms', [searchBy(namespace, 'model', 'FirstTokenMs', 'p95')]),
      ],
      [
        graph('What it costs, US dollars', [count('CostDollars', 'all models')]),
        graph('What it costs by model, US dollars', [searchBy(namespace, 'model', 'CostDollars', 'Sum')]),
      ],
      [
        graph('Charged calls', [
          count('Calls', 'calls'),
          count('Fallbacks', 'answered by a fallback'),
          count('SignUps', 'sign-ups'),
        ]),
        graph('Refusals and failures by code', [searchBy(namespace, 'code', 'Refusals', 'Sum')]),
      ],
      [
        graph('Tokens', [count('InputTokens', 'input'), count('OutputTokens', 'output')]),
        graph('Streams and repairs', [
          count('StreamSeconds', 'seconds of streams'),
          count('Repairs', 'repairs by the reconciler'),
          count('RepairFailures', 'repairs that failed'),
        ]),
      ],
    ];
  }
}

function graph(title: string, left: IMetric[]): GraphWidget {
  return new GraphWidget({ title, left, width, height });
}

function sum(
  namespace: string,
  metricName: string,
  label: string,
  dimensionsMap?: Record<string, string>,
): Metric {
  return new Metric({
    namespace,
    metricName,
    label,
    statistic: 'Sum',
    period,
    ...(dimensionsMap && { dimensionsMap }),
  });
}

/** One line for each value of a dimension, whatever values there are. */
function searchBy(
  namespace: string,
  dimension: string,
  metricName: string,
  statistic: string,
): MathExpression {
  return new MathExpression({
    expression: `SEARCH('{"${namespace}",${dimension}} MetricName="${metricName}"', '${statistic}', ${period.toSeconds()})`,
    label: '',
    period,
  });
}

function query(title: string, logGroupNames: string[], queryLines: string[]): LogQueryWidget {
  return new LogQueryWidget({ title, logGroupNames, queryLines, width, height });
}
