import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Catalog } from '../../../core/catalog.ts';
import type { RouteContract } from '../../../core/contract/route-contract.ts';
import { routes } from '../../../core/contract/routes.ts';
import type { BaseEnvironment, TableEnvironment } from '../../../lambda/env.ts';
import type { Settings } from '../../settings.ts';
import type { HttpApi } from '../http-api.ts';
import type { Records } from '../table.ts';
import { Endpoint } from './endpoint.ts';
import { grantGatewayKeys } from './gateway-keys-access.ts';
import { foundationModelArn, modelArns } from './model-arns.ts';
import { sealedForProviders } from './sealing-access.ts';
import { secretArns } from './secret-arns.ts';

export interface ChatRoutesProps {
  readonly catalog: Catalog;
  readonly http: HttpApi;
  readonly settings: Pick<Settings, 'models' | 'embeddingModels' | 'chat'>;
  readonly records: Records;
}

/** Chat in each dialect, embeddings, the models on offer, and the API's own description. */
export class ChatRoutes extends Construct {
  /** Those that charge and settle. */
  readonly metered: readonly Endpoint[];
  private readonly props: ChatRoutesProps;

  constructor(scope: Construct, id: string, props: ChatRoutesProps) {
    super(scope, id);
    this.props = props;
    const chatCompletions = this.addChat(routes.createChatCompletion, 'chat/chat-completions');
    props.http.add(routes.createConsoleChatCompletion, chatCompletions);
    this.metered = [
      chatCompletions,
      this.addChat(routes.createMessage, 'chat/messages'),
      this.addChat(routes.createResponse, 'chat/responses'),
      this.addEmbeddings(),
    ];
    this.addTokenCount();
    const { catalog, http } = props;
    const open = (handler: string) =>
      Endpoint.create<BaseEnvironment>(this, { handler, catalog, environment: {} });
    const models = open('chat/models');
    http.add(routes.listModels, models);
    http.add(routes.getModel, models);
    http.add(routes.getOpenApi, open('chat/get-openapi'));
  }

  private addChat(route: RouteContract, handler: string): Endpoint {
    const { http, settings } = this.props;
    const endpoint = this.addMetered(handler, route.timeoutSeconds);
    const arnsOf = (name: string) =>
      modelArns(
        settings.models.filter(({ provider }) => provider === name),
        Stack.of(this),
      );
    const own = arnsOf('bedrock');
    if (own.length > 0) endpoint.allow(['bedrock:InvokeModelWithResponseStream'], own);
    // Whole answers of OpenAI's API are asked for whole.
    const openAi = arnsOf('bedrock-openai');
    const invoking = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];
    if (openAi.length > 0) endpoint.allow(invoking, openAi);
    this.allowKeys(endpoint, settings.models);
    const { guardrail } = settings.chat;
    if (guardrail !== undefined) {
      const { partition, region, account } = Stack.of(this);
      const arn = `arn:${partition}:bedrock:${region}:${account}:guardrail/${guardrail.id}`;
      endpoint.allow(['bedrock:ApplyGuardrail'], [arn]);
    }
    http.add(route, endpoint);
    return endpoint;
  }

  /** The operator's keys for the providers of these models, and those that callers keep for them. */
  private allowKeys(endpoint: Endpoint, models: readonly { provider: string }[]): void {
    const { catalog, records } = this.props;
    const upstreams = models.flatMap(({ provider }) => catalog.upstreams[provider] ?? []);
    if (upstreams.some(({ takesOwnKeys }) => takesOwnKeys)) {
      endpoint.allow(['kms:Decrypt'], [...records.sealingKeyArns], sealedForProviders);
    }
    const secrets = secretArns(upstreams, Stack.of(this));
    if (secrets.length > 0) endpoint.allow(['secretsmanager:GetSecretValue'], secrets);
  }

  private addEmbeddings(): Endpoint {
    const { http, settings } = this.props;
    const endpoint = this.addMetered('chat/embeddings', routes.createEmbedding.timeoutSeconds);
    const own = settings.embeddingModels.filter(({ provider }) => provider === 'bedrock');
    const arns = modelArns(own, Stack.of(this));
    if (arns.length > 0) endpoint.allow(['bedrock:InvokeModel'], arns);
    this.allowKeys(endpoint, settings.embeddingModels);
    http.add(routes.createEmbedding, endpoint);
    return endpoint;
  }

  private addTokenCount(): void {
    const { catalog, http, records } = this.props;
    const { table } = records;
    const endpoint = Endpoint.create<TableEnvironment>(this, {
      handler: 'chat/count-message-tokens',
      catalog,
      environment: { TABLE_NAME: table.tableName },
      timeoutSeconds: routes.countMessageTokens.timeoutSeconds,
    });
    records.grant(endpoint, 'GetItem', 'BatchGetItem', 'UpdateItem');
    const counting = catalog.models.filter(({ accepts }) => accepts.includes('token-counts'));
    const own = counting.filter(({ provider }) => provider === 'bedrock');
    const arns = own.map((model) => foundationModelArn(model, Stack.of(this)));
    if (arns.length > 0) endpoint.allow(['bedrock:CountTokens'], arns);
    this.allowKeys(endpoint, counting);
    http.add(routes.countMessageTokens, endpoint);
  }

  private addMetered(handler: string, timeoutSeconds: number | undefined): Endpoint {
    const { catalog, records, settings } = this.props;
    const { table } = records;
    const endpoint = Endpoint.create<TableEnvironment>(this, {
      handler,
      catalog,
      environment: { TABLE_NAME: table.tableName },
      timeoutSeconds,
      // It waits for the model most of its time, and is billed for that by its memory.
      memoryMegabytes: settings.chat.memoryMegabytes,
    });
    // The gate and the settlement update. Before, the call's line is put, which goes if the user was deleted meanwhile, and
    // the day's spend is read from all its shards at once.
    const actions = ['UpdateItem', 'PutItem', 'DeleteItem', 'ConditionCheckItem'] as const;
    records.grant(endpoint, ...actions, 'GetItem', 'BatchGetItem');
    grantGatewayKeys(endpoint, ['lift-fence']);
    return endpoint;
  }
}
