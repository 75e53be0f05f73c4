import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { toCatalog } from './catalog.ts';
import { CallAlarms } from './constructs/call-alarms.ts';
import { Dashboard } from './constructs/dashboard.ts';
import { ConsoleSite } from './constructs/edge/console-site.ts';
import { Edge } from './constructs/edge/edge.ts';
import { EdgeProof } from './constructs/edge/edge-proof.ts';
import { RateRules } from './constructs/edge/rate-rules.ts';
import { AccountRoutes } from './constructs/functions/account-routes.ts';
import { AdminRoutes } from './constructs/functions/admin-routes.ts';
import { AuthenticatorRoutes } from './constructs/functions/authenticator-routes.ts';
import { BillingRoutes } from './constructs/functions/billing-routes.ts';
import { ChatRoutes } from './constructs/functions/chat-routes.ts';
import { leaveOutCallMetrics } from './constructs/functions/endpoint.ts';
import { KeyRoutes } from './constructs/functions/key-routes.ts';
import { OneTimeMessageRoutes } from './constructs/functions/one-time-message-routes.ts';
import { PasskeyRoutes } from './constructs/functions/passkey-routes.ts';
import { ProviderKeyRoutes } from './constructs/functions/provider-key-routes.ts';
import { Schedules } from './constructs/functions/schedules.ts';
import { SessionRoutes } from './constructs/functions/session-routes.ts';
import { HttpApi } from './constructs/http-api.ts';
import { Identity } from './constructs/identity.ts';
import { Observability } from './constructs/observability.ts';
import { Plans } from './constructs/plans.ts';
import { ProviderLogin } from './constructs/provider-login.ts';
import { SpendAlarms } from './constructs/spend-alarms.ts';
import { Records } from './constructs/table.ts';
import { passkeyDomain } from './log-in-settings.ts';
import type { Settings } from './settings.ts';
import { type Stage, settingsOf } from './stage.ts';

export interface DaypassStackProps extends StackProps {
  readonly settings: Settings;
  /** `prod` keeps users and records when the stack is deleted; `dev` deletes them with it. */
  readonly stage: Stage;
}

/** All of Daypass in one stack, so that there are no exports between stacks. */
export class DaypassStack extends Stack {
  constructor(scope: Construct, id: string, { stage, settings: asWritten, ...props }: DaypassStackProps) {
    // Given to the stack, and CloudFormation passes them on. In the template, they would bring it near its size limit.
    const { tags } = asWritten;
    super(scope, id, { description: 'Daypass: a self-service, metered LLM API', tags, ...props });
    const settings = settingsOf(stage, asWritten);
    const catalog = toCatalog(settings, stage);
    if (settings.metrics === 'off') leaveOutCallMetrics(this);
    const retain = stage === 'prod';
    const identity = new Identity(this, 'Identity', {
      retain,
      catalog,
      site: settings.site,
      passkeyDomain: passkeyDomain(settings),
    });
    const records = new Records(this, 'Records', { retain, sealingKeys: settings.rotation.sealingKeys });
    const proof = new EdgeProof(this, 'EdgeProof', { generations: settings.rotation.edgeSecrets });
    const http = new HttpApi(this, 'HttpApi', {
      proof,
      userPool: identity.userPool,
      directCalls: settings.directCalls,
      webAcl: settings.webAcl,
    });
    new AccountRoutes(this, 'Accounts', { catalog, http, identity, records });
    new SessionRoutes(this, 'Sessions', { catalog, http, identity, records });
    new KeyRoutes(this, 'Keys', { catalog, http, records });
    new OneTimeMessageRoutes(this, 'OneTimeMessages', { catalog, http, records });
    new ProviderKeyRoutes(this, 'ProviderKeys', { catalog, http, records });
    const { billing } = catalog;
    if (billing !== undefined) new BillingRoutes(this, 'Billing', { billing, catalog, http, records });
    const { metered } = new ChatRoutes(this, 'Chat', { catalog, http, settings, records });
    const { reconciler } = new Schedules(this, 'Schedules', { catalog, identity, records });
    new Plans(this, 'Plans', { api: http.api, stage, plans: settings.plans });
    if (settings.webAcl === 'on') {
      new RateRules(this, 'RateRules', { proof, stage: http.api.deploymentStage });
    }
    const site = new ConsoleSite(this, 'ConsoleSite');
    const { domain } = settings;
    const edge = new Edge(this, 'Edge', { http, proof, siteBucket: site.bucket, domain });
    site.deployFiles({ catalog, stage, origin: edge.url, site: settings.site });
    const { logIn } = settings;
    if (logIn.authenticator === 'on') {
      new AuthenticatorRoutes(this, 'Authenticators', { catalog, http, identity, records });
    }
    if (catalog.logIn.passkeys === 'on') {
      new PasskeyRoutes(this, 'Passkeys', { catalog, http, identity, records });
    }
    if (logIn.providers.length > 0) {
      new ProviderLogin(this, 'ProviderLogin', {
        catalog,
        consoleUrl: edge.url,
        http,
        identity,
        logIn,
        records,
      });
    }
    const alertsEmail = settings.alerts?.email;
    const { topic, alarmNames } = new Observability(this, 'Observability', {
      api: http.api,
      table: records.table,
      metered,
      reconciler,
      alertsEmail,
    });
    const { ceiling } = settings;
    const spend = new SpendAlarms(this, 'SpendAlarms', { ceiling, alerts: topic });
    const hasMetrics = settings.metrics === 'on';
    const calls = hasMetrics
      ? new CallAlarms(this, 'CallAlarms', { alerts: settings.alerts, topic })
      : undefined;
    const alarms = [...alarmNames, ...spend.alarmNames, ...(calls?.alarmNames ?? [])];
    new Dashboard(this, 'Dashboard', {
      alarms,
      api: http.api,
      table: records.table,
      metered,
      hasMetrics,
    });
    new AdminRoutes(this, 'AdminRoutes', { alarms, catalog, http, identity, records });

    new CfnOutput(this, 'ConsoleUrl', { value: edge.url, description: 'Console, and the API under /v1' });
    new CfnOutput(this, 'ApiUrl', {
      value: http.api.url,
      description: 'API Gateway stage, for x-api-key calls',
    });
    new CfnOutput(this, 'UserPoolId', { value: identity.userPool.userPoolId });
    new CfnOutput(this, 'UserPoolClientId', { value: identity.client.userPoolClientId });
    new CfnOutput(this, 'TableName', { value: records.table.tableName });
  }
}
