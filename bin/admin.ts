import {
  AdminAddUserToGroupCommand,
  AdminRemoveUserFromGroupCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { dayMs, dayOf } from '../core/metering/windows.ts';
import { Mistake, place, portOf, runCommand } from './command.ts';
import { type Connection, connect } from './connect.ts';
import { operatorName } from './deployment.ts';
import { type Format, formats, print, type Row } from './print-rows.ts';

const help = `Looks after users, keys and usage, with the operator's own rights in AWS.

Usage: npm run admin -- COMMAND [options]

  make-admin EMAIL             put a user into the group admins; they have to log in again
  remove-admin EMAIL           take a user out of it, with their next call
  invite EMAIL [DAY]           make an account, and mail a code to set the first password with; with DAY, such as
                               2027-01-31, it ends when that day begins (UTC)
  users [EMAIL]                list users, those whose address begins with EMAIL; with --status, those of one
                               status: active, unconfirmed, invited, waiting, suspended
  show EMAIL                   a user with groups, plans, limits and what is left of them
  approve EMAIL                let in a user who waits (signUp.approval)
  suspend EMAIL                refuse every key and login of a user, at once
  unsuspend EMAIL              let all of them work again
  authenticator-off EMAIL      let a user who has lost their authenticator app log in with the password alone, and end
                               their sessions
  end EMAIL [DAY]              let an account end when DAY begins (UTC); without DAY, it no longer ends
  plans EMAIL [PLAN...]        let a user pick these plans only; without PLAN, those of the settings
  unlimited EMAIL              let a user pick the plan unlimited, too
  limits EMAIL [LIMIT=N...]    limit all keys of a user together, such as requestsPerDay=50 spendPerMonth=20;
                               without LIMIT, as the settings do
  keys [EMAIL]                 list the keys of a user, or all that have not ended
  revoke KEY_ID                revoke a key
  usage [EMAIL]                usage by user and day, of the last 30 days
  requests [EMAIL]             calls and refusals of a user or of all, of the last day
  audit [EMAIL]                the audit trail of the last 30 days, what was done to a user or by anyone
  export EMAIL                 everything that is stored of a user, as JSON
  delete EMAIL                 delete a user with their keys and usage

  --from DAY     for usage, requests and audit: the first day (UTC), such as 2026-11-01
  --to DAY       and the last
  --status S     for users
  --format F     table, json, ndjson (a line of JSON for each) or csv (default table)
  --json         the same as --format json
  --stack NAME   the deployed stack (default Daypass)
  --local        the platform on this machine
  --port N       its port (default 4000, or DAYPASS_PORT)
  --help         this text

Without --local it uses your AWS credentials and Region. They need lambda:InvokeFunction on NAME-admin, and for
make-admin and remove-admin also cognito-idp:AdminAddUserToGroup and AdminRemoveUserFromGroup.
`;

const options = {
  json: { type: 'boolean', default: false },
  format: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  status: { type: 'string' },
  ...place,
} as const;

interface Call {
  method: 'GET' | 'PATCH' | 'DELETE' | 'POST';
  resource: string;
  id?: string;
  query?: Record<string, string>;
  body?: unknown;
}

interface Admin {
  call(call: Call): Promise<Row>;
  all(resource: string, query?: Record<string, string>): Promise<Row[]>;
  user(email: string | undefined): Promise<Row & { id: string }>;
  connection: Connection;
}

function open(connection: Connection, stack: string): Admin {
  const call = async (what: Call) => {
    const event = { operator: operatorName(), ...what };
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

/** Options of single commands. */
interface Given {
  from?: string | undefined;
  to?: string | undefined;
  status?: string | undefined;
}

const set = (query: Record<string, string | undefined>) =>
  Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined)) as Record<
    string,
    string
  >;

/** Each returns what is printed: rows, or one thing. */
const commands: Record<string, (admin: Admin, args: string[], given: Given) => Promise<Row | Row[]>> = {
  'make-admin': (admin, [email]) => changeAdmin(admin, email, true),
  'remove-admin': (admin, [email]) => changeAdmin(admin, email, false),
  invite: (admin, [email, endsAt]) => {
    if (email === undefined) throw new Mistake('This command needs an e-mail address.');
    return admin.call({ method: 'POST', resource: '/v1/admin/users', body: { email, endsAt } });
  },
  users: (admin, [email], { status }) => admin.all('/v1/admin/users', set({ email, status })),
  show: async (admin, [email]) =>
    admin.call({ method: 'GET', resource: users, id: (await admin.user(email)).id }),
  approve: (admin, [email]) => change(admin, email, { approved: true }),
  suspend: (admin, [email]) => change(admin, email, { suspended: true }),
  unsuspend: (admin, [email]) => change(admin, email, { suspended: false }),
  'authenticator-off': async (admin, [email]) => {
    const { id } = await admin.user(email);
    return admin.call({ method: 'DELETE', resource: `${users}/authenticator`, id });
  },
  plans: (admin, [email, ...plans]) =>
    change(admin, email, { allowedPlans: plans.length === 0 ? null : plans }),
  end: (admin, [email, endsAt = null]) => change(admin, email, { endsAt }),
  unlimited: async (admin, [email]) => {
    const { id } = await admin.user(email);
    const { plans } = await admin.call({ method: 'GET', resource: users, id });
    const allowedPlans = [...new Set([...(plans as string[]), 'unlimited'])];
    return admin.call({ method: 'PATCH', resource: users, id, body: { allowedPlans } });
  },
  limits: (admin, [email, ...limits]) =>
    change(admin, email, { limits: limits.length === 0 ? null : Object.fromEntries(limits.map(readLimit)) }),
  keys: async (admin, [email]) =>
    admin.all('/v1/admin/api-keys', email === undefined ? {} : { userId: (await admin.user(email)).id }),
  revoke: (admin, [id]) => {
    if (id === undefined) throw new Mistake('This command needs the id of a key.');
    return admin.call({ method: 'DELETE', resource: '/v1/admin/api-keys/{id}', id });
  },
  usage: async (admin, [email], { from, to }) =>
    admin.all('/v1/admin/usage', set({ from, to, userId: await idOf(admin, email) })),
  requests: async (admin, [email], { from = new Date(Date.now() - dayMs).toISOString(), to }) =>
    admin.all('/v1/admin/requests', set({ from, to, userId: await idOf(admin, email), limit: '100' })),
  audit: async (admin, [email], given) => auditTrail(admin, await idOf(admin, email), given),
  export: exportUser,
  delete: async (admin, [email]) =>
    admin.call({ method: 'DELETE', resource: users, id: (await admin.user(email)).id }),
};

const idOf = async (admin: Admin, email: string | undefined) =>
  email === undefined ? undefined : (await admin.user(email)).id;

function readLimit(text: string): [string, number] {
  const [, field = '', limit = ''] = /^([A-Za-z]+)=(\d+(?:\.\d+)?)$/.exec(text) ?? [];
  if (field === '') throw new Mistake(`'${text}' is no limit. Write them as requestsPerDay=50.`);
  return [field, Number(limit)];
}

/** Days of one call without a user. */
const mostAuditDays = 31;

/** Any span: of all users, the route takes a month at a time. Newest first. */
async function auditTrail(admin: Admin, subject: string | undefined, { from, to }: Given): Promise<Row[]> {
  if (subject !== undefined || from === undefined)
    return admin.all('/v1/admin/audit', set({ from, to, subject, limit: '1000' }));
  const first = Date.parse(from);
  let last = to === undefined ? Date.now() : Date.parse(to);
  if (Number.isNaN(first) || Number.isNaN(last))
    throw new Mistake('--from and --to take days such as 2026-11-01.');
  const events: Row[] = [];
  for (; dayOf(last) >= dayOf(first); last -= mostAuditDays * dayMs) {
    const start = Math.max(first, last - (mostAuditDays - 1) * dayMs);
    const span = { from: dayOf(start), to: dayOf(last), limit: '1000' };
    events.push(...(await admin.all('/v1/admin/audit', span)));
  }
  return events;
}

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
  // Tokens name the group until they expire, and by it the plan unlimited could be picked.
  if (!isAdmin)
    await admin.call({ method: 'POST', resource: '/operator/ended-sessions', body: { userId: id } });
  return admin.call({ method: 'GET', resource: users, id });
}

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

/** Of commands that take more than one. */
const mostArguments: Record<string, number> = { plans: Infinity, limits: Infinity, invite: 2, end: 2 };

function readFormat({ json, format = 'table' }: { json: boolean; format?: string | undefined }): Format {
  const known = formats.find((one) => one === (json ? 'json' : format));
  if (known !== undefined) return known;
  throw new Mistake(`--format takes ${formats.join(', ')}. See --help.`);
}

const shape = { help, options, names: ['COMMAND'], takesMore: true } as const;

runCommand(shape, async ({ values, named: [name, ...args] }) => {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) throw new Mistake(`There is no command '${name}'. See --help.`);
  const extra = args[mostArguments[name] ?? 1];
  if (extra !== undefined)
    throw new Mistake(`'${extra}' is not expected here: ${name} takes one at a time. See --help.`);
  const connection = connect(portOf(values));
  const format = readFormat(values);
  print(await command(open(connection, values.stack), args, values), format);
});
