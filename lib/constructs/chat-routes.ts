import { Duration, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Catalog } from '../../core/catalog.ts';
import type { BaseEnvironment, TableEnvironment } from '../../lambda/env.ts';
import type { ModelSettings } from '../settings.ts';
import { Endpoint } from './endpoint.ts';
import type { HttpApi } from './http-api.ts';
import { modelArns } from './model-arns.ts';
import type { Records } from './records.ts';

export interface ChatRoutesProps {
  readonly catalog: Catalog;
  readonly http: HttpApi;
  readonly models: readonly ModelSettings[];
  readonly records: Records;
}

/** Chat, the models on offer, and the API's own description. */
export class ChatRoutes extends Construct {
  readonly chat: Endpoint;

  constructor(scope: Construct, id: string, { catalog, http, models, records: { table } }: ChatRoutesProps) {
    super(scope, id);
    this.chat = Endpoint.create<TableEnvironment>(this, {
      handler: 'chat-completions',
      catalog,
      environment: { TABLE_NAME: table.tableName },
      timeout: Duration.minutes(15),
      memoryMegabytes: 512,
    });
    // The gate updates, after a read where more than the key is limited; settling also puts the ledger's line.
    const actions = ['UpdateItem', 'PutItem', 'GetItem', 'ConditionCheckItem'];
    table.grant(this.chat, ...actions.map((action) => `dynamodb:${action}`));
    this.chat.allow(['bedrock:InvokeModelWithResponseStream'], modelArns(models, Stack.of(this)));
    http.addForKeys('POST /v1/chat/completions', this.chat);

    const open = (handler: string) =>
      Endpoint.create<BaseEnvironment>(this, { handler, catalog, environment: {} });
    http.addPublic('GET /v1/models', open('list-models'));
    http.addPublic('GET /v1/models/{id}', open('get-model'));
    http.addPublic('GET /v1/openapi.json', open('get-openapi'));
  }
}
