import { mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { createApiGateway } from './aws/apigateway/api-gateway.ts';
import { type Bedrock, createBedrock } from './aws/bedrock/bedrock.ts';
import { chooseResponder } from './aws/bedrock/responders/choose-responder.ts';
import { defaultPacing, eventPauseMs } from './aws/bedrock/stream/pacing.ts';
import { longestHead, malformedPage } from './aws/cloudfront/edge.ts';
import { createCloudWatch } from './aws/cloudwatch/cloudwatch.ts';
import { createCognito } from './aws/cognito/cognito.ts';
import { cheapHashCost } from './aws/cognito/passwords/slow-hash.ts';
import { startDynamoDb } from './aws/dynamodb/dynamodb.ts';
import { createSchedules } from './aws/events/schedules.ts';
import { createKms } from './aws/kms/kms.ts';
import { createLambdaApi } from './aws/lambda/api/lambda-api.ts';
import { createLambdaHost } from './aws/lambda/lambda-host.ts';
import { createBuckets } from './aws/s3/create-buckets.ts';
import { createSecretsManager } from './aws/secretsmanager/secrets-manager.ts';
import { startAwsServer } from './aws/server.ts';
import { createSes } from './aws/ses/ses.ts';
import { createTopics } from './aws/sns/topics.ts';
import { createSts } from './aws/sts/sts.ts';
import { createWaf } from './aws/waf/waf.ts';
import { createClock } from './clock.ts';
import { createFaults } from './faults.ts';
import { listen } from './http/listen.ts';
import { createLocalRoutes } from './http/local-routes.ts';
import { createLoginPages, loginDomainPath, oidcPath, samlPath } from './http/login-pages.ts';
import { type MalformedAnswer, malformedJson, refuseMalformed } from './http/refuse-malformed.ts';
import type { Log } from './log.ts';
import { createMailbox } from './mail/mail.ts';
import { createOidcProvider } from './oidc/oidc-provider.ts';
import { createAnthropic } from './providers/anthropic/anthropic.ts';
import { createOpenAi } from './providers/openai/openai.ts';
import { createStripe } from './providers/stripe/stripe-service.ts';
import { createSamlProvider } from './saml/saml-provider.ts';
import { createStack, type StandIns } from './stack.ts';
import { readAmount, readList, readSwitch } from './start/options.ts';
import { openStore } from './state/store.ts';
import type { DeployedStack } from './template/deploy.ts';
import { keepSecrets } from './template/providers/secret.ts';
import { environment as place } from './template/pseudo-parameters.ts';

export interface RuntimeOptions {
  port: number;
  dataDirectory: string;
  assembly: string;
  environment: NodeJS.ProcessEnv;
  log: Log;
  /** Another host of functions. @default the one that runs them in threads of this process */
  createLambdaHost?: typeof createLambdaHost;
}

export interface Runtime {
  readonly urls: RuntimeUrls;
  readonly stack: DeployedStack;
  /** What answers chats, for people. */
  readonly model: string;
  /** Deploys a changed assembly; users, keys and running calls stay. */
  redeploy(assembly: string): Promise<void>;
  close(): Promise<void>;
}

export interface RuntimeUrls {
  /** CloudFront's side: console and API. */
  edge: string;
  /** API Gateway's stage. */
  stage: string;
  /** The AWS control plane. */
  aws: string;
}

/** Starts every stand-in, deploys the template into them, and opens the three ports. */
export async function startRuntime(options: RuntimeOptions): Promise<Runtime> {
  const { log, port } = options;
  const closers: (() => unknown)[] = [];
  const closeAll = async () => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  try {
    const urls = urlsOf(port);
    const standIns = await startStandIns(options, urls, closers);
    const stack = createStack(standIns, { apiUrl: `http://127.0.0.1:${port + 1}`, log });
    closers.push(() => stack.close());
    const deployed = await stack.deploy(options.assembly);
    standIns.schedules.start();

    const local = createLocalRoutes({ ...standIns, stageUrl: urls.stage });
    const oidc = createOidcProvider({
      ...standIns,
      baseOf: (host) => oidcBase(port, host),
      redirectUri: () => `${loginUrl(port)}/oauth2/idpresponse`,
    });
    const saml = createSamlProvider({
      ...standIns,
      baseOf: (host) => samlBase(port, host),
      replyUrl: () => `${loginUrl(port)}/saml2/idpresponse`,
    });
    const loginPages = createLoginPages({ loginDomain: standIns.cognito.loginDomain, oidc, saml });
    await open(closers, port + 1, (request, response) => standIns.gateway.dataPlane(request, response));
    await open(
      closers,
      port,
      (request, response) => {
        if (!loginPages(request, response) && !local(request, response)) stack.edge(request, response);
      },
      { maxHeaderSize: longestHead, malformed: malformedPage },
    );
    return {
      urls,
      stack: deployed,
      model: standIns.model,
      redeploy: async (assembly) => void (await stack.deploy(assembly)),
      close: closeAll,
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

/** By another name than the console's, so that to browsers it is another site, as it is on AWS. */
const loginUrl = (port: number) => `http://127.0.0.1:${port}${loginDomainPath}`;
const oidcBase = (port: number, host: string) => `http://127.0.0.1:${port}${oidcPath}/${host}`;

const samlBase = (port: number, host: string) => `http://127.0.0.1:${port}${samlPath}/${host}`;

/**
 * Names below `example` never exist, so the built-in providers hide no real one.
 * @param url an OIDC issuer, or the address of a SAML provider's metadata
 */
function playedAt(port: number, url: string): string | undefined {
  const { host, pathname } = new URL(url);
  if (!host.endsWith('.example')) return undefined;
  if (pathname === '/metadata') return `${samlBase(port, host)}/metadata`;
  return pathname === '/' ? oidcBase(port, host) : undefined;
}

function urlsOf(port: number): RuntimeUrls {
  return {
    edge: `http://localhost:${port}`,
    stage: `http://localhost:${port + 1}/prod`,
    aws: `http://localhost:${port + 566}`,
  };
}

async function startStandIns(
  { dataDirectory, assembly, environment, log, port, ...options }: RuntimeOptions,
  urls: RuntimeUrls,
  closers: (() => unknown)[],
): Promise<StandIns & { model: string; bedrock: Bedrock }> {
  mkdirSync(dataDirectory, { recursive: true });
  const clock = createClock();
  const store = openStore(join(dataDirectory, 'state.sqlite'), {
    onFull: () =>
      log.warn(
        'disk',
        `No space is left for ${dataDirectory}: calls that write are refused with 503. Nothing is lost; make room, and they go on.`,
      ),
    onRoom: () => log.info('disk', 'There is space again.'),
  });
  closers.push(() => store.close());
  keepSecrets(store, environment.DAYPASS_SECRETS);
  const faults = createFaults();
  const mailbox = createMailbox({ store, clock, log });
  const topics = createTopics({ mailbox, log });
  const cloudWatch = createCloudWatch({ clock, log, topics, ...place });
  const buckets = createBuckets(join(dataDirectory, 'buckets'), clock);
  const dynamoDb = await startDynamoDb({ dataDirectory, clock, log, environment, ...place });
  closers.push(() => dynamoDb.stop());
  const kms = createKms({ store, clock, ...place });
  const cognito = createCognito({
    store,
    clock,
    mailbox,
    log,
    issuerBaseUrl: () => urls.aws,
    loginUrl: () => loginUrl(port),
    playedAt: (issuer) => playedAt(port, issuer),
    hashCost: readSwitch(environment, 'DAYPASS_SLOW_HASHES') ? undefined : cheapHashCost,
    // Defined below; no trigger runs before a stack is deployed.
    invokeFunction: (functionArn, event) => lambda.invoke(functionArn, event),
    ...place,
  });
  const awsUrl = `http://127.0.0.1:${port + 566}`;
  const responder = await chooseResponder(environment);
  const bedrock = createBedrock({ faults, log, responder, settings: pacing(environment) });
  const lambda = (options.createLambdaHost ?? createLambdaHost)({
    clock,
    log,
    region: place.region,
    // A burst of streams leaves an environment each; their memory should not stay for long.
    idleSeconds: 60,
    cloudWatch,
    faults,
    compileCache: join(assembly, '.compile-cache'),
    extraEnvironment: () => ({ AWS_ENDPOINT_URL: awsUrl, STRIPE_API_URL: awsUrl }),
  });
  closers.push(() => lambda.close());
  const activationDelaySeconds = readAmount(environment, 'DAYPASS_KEY_ACTIVATION_SECONDS') ?? 0;
  const waf = createWaf({ clock, log, enabled: readSwitch(environment, 'DAYPASS_WAF'), ...place });
  const gateway = createApiGateway({
    store,
    clock,
    log,
    lambda,
    verifyIdToken: (userPoolArn, token) => cognito.verifyIdToken(userPoolArn, token),
    activationDelaySeconds,
    cloudWatch,
    waf,
    ...place,
  });
  const schedulesRun = readSwitch(environment, 'DAYPASS_SCHEDULES');
  const schedules = createSchedules({ invoker: lambda, clock, log, enabled: schedulesRun });
  closers.push(() => schedules.stop());
  const secretsManager = createSecretsManager({ store, ...place });
  const ses = createSes({
    store,
    mailbox,
    clock,
    log,
    identities: readList(environment, 'DAYPASS_SES_IDENTITIES'),
    sandbox: readSwitch(environment, 'DAYPASS_SES_SANDBOX', 'off'),
    ...place,
  });
  const pauses = { faults, pauseMs: eventPauseMs(pacing(environment)) };
  const stripe = createStripe({ store, clock, log, edgeUrl: urls.edge, ...place });
  closers.push(() => stripe.close());
  const otherProviders = [createOpenAi(pauses), createAnthropic(pauses), stripe.service];
  const services = [
    dynamoDb.service,
    gateway.controlPlane,
    cognito,
    bedrock,
    kms,
    createSts(place),
    secretsManager,
    cloudWatch,
    ses,
    createLambdaApi(lambda),
  ];
  const server = await startAwsServer({
    services: [...services, ...otherProviders],
    faults,
    cloudWatch,
    port: port + 566,
    log,
  });
  closers.push(() => server.close());
  const model = responder.description;
  return {
    clock,
    store,
    faults,
    mailbox,
    buckets,
    cloudWatch,
    dynamoDb,
    kms,
    cognito,
    bedrock,
    lambda,
    gateway,
    schedules,
    stripe,
    topics,
    waf,
    model,
    localUrls: { console: urls.edge, login: loginUrl(port) },
  };
}

function pacing(environment: NodeJS.ProcessEnv) {
  return {
    tokensPerSecond: readAmount(environment, 'DAYPASS_TOKENS_PER_SECOND') ?? defaultPacing.tokensPerSecond,
    firstTokenDelayMs: readAmount(environment, 'DAYPASS_FIRST_TOKEN_MS') ?? defaultPacing.firstTokenDelayMs,
  };
}

/** Longer than CloudFront keeps an idle connection to its origin (60 s by the template), and browsers theirs. */
const idleConnectionMs = 120_000;

async function open(
  closers: (() => unknown)[],
  port: number,
  handle: Parameters<typeof createServer>[1] & object,
  { malformed = malformedJson, ...limits }: { malformed?: MalformedAnswer; maxHeaderSize?: number } = {},
): Promise<Server> {
  const server = createServer({ keepAliveTimeout: idleConnectionMs, ...limits }, handle);
  server.on('clientError', refuseMalformed(malformed));
  await listen(server, port);
  closers.push(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return server;
}
