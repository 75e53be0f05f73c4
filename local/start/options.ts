import { type Arguments, localPort } from '../../bin/command.ts';

export interface Options {
  /** The edge's port; the API stage is one above, the AWS control plane 566 above. */
  port: number;
  fresh: boolean;
  verbose: boolean;
  watch: boolean;
  /** Where users, keys and tables are kept. */
  dataDirectory: string;
  /** An assembly that is synthesized already; undefined: ours, synthesized when sources changed. */
  assembly: string | undefined;
}

export const helpText = `Daypass on this machine: the whole platform, with no AWS account.

Usage: npm start -- [options]

  --port N       console and API on port N, API Gateway stage on N+1, AWS control plane on N+566
                 (default 4000, or DAYPASS_PORT)
  --fresh        delete all users, keys and usage first
  --data DIR     keep them in DIR (default .daypass)
  --assembly DIR run what is synthesized in DIR instead of synthesizing
  --verbose      show every request and the functions' own log lines
  --help         this text

Environment:
  DAYPASS_MODEL_URL   answer chats from an OpenAI-compatible server, such as http://localhost:11434/v1
  DAYPASS_MODEL_NAME  the model to ask there
  DAYPASS_MODEL_API_KEY
                      the key it asks for, if it does
  DAYPASS_BEDROCK     'aws': answer chats from Amazon Bedrock with this machine's AWS credentials
  DAYPASS_TOKENS_PER_SECOND, DAYPASS_FIRST_TOKEN_MS
                      pace of the built-in answers (80 and 200; 0 is as fast as possible)
  DAYPASS_KEY_ACTIVATION_SECONDS
                      how long a new key takes to work, as it may on AWS (0)
  DAYPASS_SECRETS     secrets that the settings name, as a JSON object of texts by name
  DAYPASS_SCHEDULES   'off': nothing runs on schedule; npm run reconcile -- --local runs the reconciler
  DAYPASS_WAF         'off': the web ACL stops no caller, however often it calls
  DAYPASS_SLOW_HASHES 'off': passwords and codes are hashed cheaply, for tests; never with real ones
  DAYPASS_SES_IDENTITIES
                      addresses and domains that count as verified in SES, with commas; by default none
  DAYPASS_SES_SANDBOX 'on': SES takes mail to verified recipients only, as in a new account
  DAYPASS_DYNAMODB_ENDPOINT
                      a DynamoDB-compatible server to use instead of the built-in engine

npm run dev does the same, and deploys changed sources while it runs.
npm run demo walks through the product, from sign-up to the eleventh call.
`;

/** What `npm start` takes, and `--watch`, by which `npm run dev` differs from it. */
export const startOptions = {
  port: { type: 'string' },
  fresh: { type: 'boolean', default: false },
  verbose: { type: 'boolean', default: false },
  watch: { type: 'boolean', default: false },
  data: { type: 'string' },
  assembly: { type: 'string' },
} as const;

/** @throws Mistake for a port that is none */
export function readOptions(
  { data, port, assembly, ...switches }: Arguments<typeof startOptions, []>['values'],
  environment: NodeJS.ProcessEnv,
): Options {
  return {
    ...switches,
    port: localPort(port),
    dataDirectory: data ?? environment.DAYPASS_DATA ?? '.daypass',
    assembly,
  };
}

/** A switch of the environment. @throws Error for a value other than on and off */
export function readSwitch(
  environment: NodeJS.ProcessEnv,
  name: 'DAYPASS_SCHEDULES' | 'DAYPASS_SES_SANDBOX' | 'DAYPASS_SLOW_HASHES' | 'DAYPASS_WAF',
  otherwise: 'on' | 'off' = 'on',
): boolean {
  const text = environment[name] ?? otherwise;
  if (text === 'on' || text === 'off') return text === 'on';
  throw new Error(`${name} is '${text}', but must be 'on' or 'off'.`);
}

/** What a variable of the environment lists with commas between. */
export function readList(environment: NodeJS.ProcessEnv, name: string): string[] {
  const parts = (environment[name] ?? '').split(',').map((part) => part.trim());
  return parts.filter((part) => part !== '');
}

/** A number of the environment that must not be negative. @throws Error naming the variable */
export function readAmount(environment: NodeJS.ProcessEnv, name: string): number | undefined {
  const text = environment[name];
  if (text === undefined || text === '') return undefined;
  const amount = Number(text);
  if (Number.isFinite(amount) && amount >= 0) return amount;
  throw new Error(`${name} is '${text}', but must be a number that is not negative.`);
}
