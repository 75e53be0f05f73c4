import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import {
  AdminAddUserToGroupCommand,
  AdminRemoveUserFromGroupCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { type Connection, connect } from './connect.ts';

const help = `Looks after users, keys and usage, with the operator's own rights in AWS.

Usage: npm run admin -- COMMAND [options]

  make-admin EMAIL             put a user into the group admins; they have to log in again
  remove-admin EMAIL           take a user out of it, with their next call
  invite EMAIL                 make an account, and mail a code to set the first password with
  users [EMAIL]                list users, those whose address begins with EMAIL
  suspend EMAIL                refuse every key and login of a user, at once
  unsuspend EMAIL              let all of them work again
  plans EMAIL [PLAN...]        let a user pick these plans only; without PLAN, the self-service ones
  keys [EMAIL]                 list the keys of a user, or all that have not ended
  revoke KEY_ID                revoke a key
  usage [EMAIL]                usage by user and day, of the last 30 days
  audit [EMAIL]                the audit trail of the last 30 days, what was done to a user or by anyone
  export EMAIL                 everything that is stored of a user, as JSON
  delete EMAIL                 delete a user with their keys and usage

  --json         print JSON in place of tables
  --stack NAME   the deployed stack (default Daypass)
  --local        the platform on this machine
  --port N       its port (default 4000)
  --help         this text

Without --local it uses your AWS credentials and Region. They need lambda:InvokeFunction on NAME-admin, and for
make-admin and remove-admin also cognito-idp:AdminAddUserToGroup and AdminRemoveUserFromGroup.
`;

const options = {
  json: { type: 'boolean', default: false },
  stack: { type: 'string', default: 'Daypass' },
  local: { type: 'boolean', default: false },
  port: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

type Row = Record<string, unknown>;

interface Call {
  method: 'GET' | 'PATCH' | 'DELETE' | 'POST';
  resource: string;
  id?: string;
  query?: Record<string, string>;
  body?: unknown;
}

class Mistake extends Error {}

interface Admin {
  call(call: Call): Promise<Row>;
  all(resource: string, query?: Record<string, string>): Promise<Row[]>;
  user(email: string | undefined): Promise<Row & { id: string }>;
  connection: Connection;
}

function open(connection: Connection, stack: string): Admin {
  const call = async (what: Call) => {
    const event = { operator: `operator:${userInfo().username}`, ...what };
    const { statusCode, body } = (await connection.invoke(`${stack}-admin`, event)) as {
      statusCode: number;
      body: string;
    };
    const answer = JSON.parse(body) as Row & { error?: { code: string; message: string } };
    if (statusCode >= 400) throw new Error(`${answer.error?.code}: ${answer.error?.message}`);
    return answer;
  };
  const all = async (resource: string, query: Record<string, string> = {}) => {
    const rows: Row[] = [];
    let cursor: string | null = null;
    do {
      const more: Record<string, string> = cursor === null ? {} : { cursor };
      const page = await call({ method: 'GET', resource, query: { ...query, ...more } });
      rows.push(...(page.data as Row[]));
      cursor = page.nextCursor as string | null;
    } while (cursor !== null);
    return rows;
  };
  return {
    connection,
    call,
    all,
    async user(email) {
      if (email === undefined) throw new Mistake('This command needs an e-mail address.');
      const found = await all('/v1/admin/users', { email });
      const user = found.find((one) => one.email === email.toLowerCase());
      if (user === undefined) throw new Error(`There is no user with the address ${email}.`);
      return user as Row & { id: string };
    },
  };
}

const users = '/v1/admin/users/{id}';

/** Each returns what is printed: rows, or one thing. */
const commands: Record<string, (admin: Admin, args: string[]) => Promise<Row | Row[]>> = {
  'make-admin': (admin, [email]) => changeAdmin(admin, email, true),
  'remove-admin': (admin, [email]) => changeAdmin(admin, email, false),
  invite: (admin, [email]) => {
    if (email === undefined) throw new Mistake('This command needs an e-mail address.');
    return admin.call({ method: 'POST', resource: '/v1/admin/users', body: { email } });
  },
  users: (admin, [email]) => admin.all('/v1/admin/users', email === undefined ? {} : { email }),
  suspend: (admin, [email]) => change(admin, email, { suspended: true }),
  unsuspend: (admin, [email]) => change(admin, email, { suspended: false }),
  plans: (admin, [email, ...plans]) =>
    change(admin, email, { allowedPlans: plans.length === 0 ? null : plans }),
  keys: async (admin, [email]) =>
    admin.all('/v1/admin/api-keys', email === undefined ? {} : { userId: (await admin.user(email)).id }),
  revoke: (admin, [id]) => {
    if (id === undefined) throw new Mistake('This command needs the id of a key.');
    return admin.call({ method: 'DELETE', resource: '/v1/admin/api-keys/{id}', id });
  },
  usage: async (admin, [email]) =>
    admin.all('/v1/admin/usage', email === undefined ? {} : { userId: (await admin.user(email)).id }),
  audit: async (admin, [email]) =>
    admin.all('/v1/admin/audit', email === undefined ? {} : { subject: (await admin.user(email)).id }),
  export: exportUser,
  delete: async (admin, [email]) =>
    admin.call({ method: 'DELETE', resource: users, id: (await admin.user(email)).id }),
};

async function change(admin: Admin, email: string | undefined, body: Row): Promise<Row> {
  return admin.call({ method: 'PATCH', resource: users, id: (await admin.user(email)).id, body });
}

/** Recorded first: the trail may tell of what failed then, but nothing is untold. */
async function changeAdmin(admin: Admin, email: string | undefined, isAdmin: boolean): Promise<Row> {
  const { id } = await admin.user(email);
  const recorded = await admin.call({
    method: 'POST',
    resource: '/operator/admins',
    body: { userId: id, isAdmin },
  });
  const input = {
    UserPoolId: String(recorded.userPoolId),
    GroupName: String(recorded.group),
    Username: id,
  };
  const client = admin.connection.cognito();
  const command = isAdmin
    ? new AdminAddUserToGroupCommand(input)
    : new AdminRemoveUserFromGroupCommand(input);
  await client.send(command as AdminAddUserToGroupCommand).catch((error: unknown) => {
    throw admin.connection.inWords(error);
  });
  return admin.call({ method: 'GET', resource: users, id });
}

const dayMs = 86_400_000;
const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);

async function exportUser(admin: Admin, [email]: string[]): Promise<Row> {
  const { id } = await admin.user(email);
  const now = Date.now();
  const days = (count: number) => ({ from: dayOf(now - (count - 1) * dayMs), to: dayOf(now) });
  return {
    exportedAt: new Date(now).toISOString(),
    user: await admin.call({ method: 'GET', resource: users, id }),
    keys: await admin.all('/v1/admin/api-keys', { userId: id }),
    usage: await admin.all('/v1/admin/usage', { userId: id, ...days(400) }),
    audit: await admin.all('/v1/admin/audit', { subject: id, ...days(3650) }),
  };
}

function print(result: Row | Row[], asJson: boolean): void {
  if (asJson || !Array.isArray(result)) {
    process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
    return;
  }
  for (const line of table(result)) process.stdout.write(`${line}\n`);
  process.stdout.write(`${result.length} in all\n`);
}

/** Columns that have something in at least one row. Lists inside of a row, such as a key's windows, are for --json. */
function table(rows: Row[]): string[] {
  const isList = (value: unknown) => Array.isArray(value) && typeof value[0] === 'object';
  const isShown = (name: string) => rows.some((row) => cell(row[name]) !== '' && !isList(row[name]));
  const names = [...new Set(rows.flatMap(Object.keys))].filter(isShown);
  const lines = [names, ...rows.map((row) => names.map((name) => cell(row[name])))];
  const widths = names.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)));
  return names.length === 0
    ? []
    : lines.map((line) =>
        line
          .map((text, at) => text.padEnd(widths[at] ?? 0))
          .join('  ')
          .trimEnd(),
      );
}

function cell(value: unknown): string {
  if (Array.isArray(value)) return value.join(',');
  if (value === null || value === undefined) return '';
  if (typeof value !== 'object') return String(value);
  return Object.values(value)
    .filter((part) => part !== null)
    .join(' ');
}

async function main(): Promise<void> {
  const { values, positionals } = readArguments();
  const [name, ...args] = positionals;
  if (values.help || name === undefined) {
    process.stdout.write(help);
    if (!values.help) process.exitCode = 2;
    return;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) throw new Mistake(`There is no command '${name}'. See --help.`);
  const [, second] = args;
  if (second !== undefined && name !== 'plans')
    throw new Mistake(`'${second}' is not expected here: ${name} takes one at a time. See --help.`);
  if (values.port !== undefined && !values.local) throw new Mistake('--port goes with --local. See --help.');
  const port = values.local ? (values.port ?? process.env.DAYPASS_PORT ?? '4000') : undefined;
  print(await command(open(connect(port), values.stack), args), values.json);
}

function readArguments() {
  try {
    return parseArgs({ allowPositionals: true, options });
  } catch (error) {
    throw new Mistake(`${error instanceof Error ? error.message : error} See --help.`);
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = error instanceof Mistake ? 2 : 1;
});
