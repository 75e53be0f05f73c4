import { byField, limitRows } from '../../metering/windows.ts';
import type { adminRoutes } from '../admin/admin-routes.ts';
import { adminId, at, email, keyId, plan, requestId, today, tomorrow, userId } from './example-values.ts';
import { keyExample, loggedRequestExample, usageRowExample } from './key-examples.ts';
import { badLimit, refusalExamples } from './refusal-examples.ts';
import type { RouteExample } from './route-example.ts';

const user = {
  id: userId,
  email,
  emailVerified: true,
  status: 'active',
  allowedPlans: null,
  limits: null,
  endsAt: null,
  closedBecause: null,
  lastSeenAt: at,
  createdAt: at,
};
const userInFull = {
  ...user,
  groups: [],
  authenticator: 'off',
  plans: [plan, '20-per-day', '30-per-day'],
  keys: 1,
  windows: [],
};
const noUser = {
  not_found: { message: 'There is no such user. GET /v1/admin/users lists all of them.' },
};
const { keyId: _id, keyName: _name, ...amounts } = usageRowExample;
const adminKey = { ...keyExample, userId, userEmail: email };
const parameters = { id: userId };
const page = (entry: object) => ({ 200: { data: [entry], nextCursor: null } });

export const adminExamples: Record<keyof typeof adminRoutes, RouteExample> = {
  listUsers: { parameters: { status: 'active', limit: '20' }, answers: page(user), refusals: badLimit(60) },
  inviteUser: {
    body: { email },
    answers: { 201: { ...user, status: 'invited', lastSeenAt: null } },
    refusals: {
      email_taken: { message: 'This e-mail address already has an account.', param: 'email' },
    },
  },
  getUser: { parameters, answers: { 200: userInFull }, refusals: noUser },
  changeUser: {
    parameters,
    body: { allowedPlans: [plan], limits: { requestsPerDay: 50 } },
    answers: {
      200: {
        ...userInFull,
        allowedPlans: [plan],
        limits: { ...byField(limitRows, () => null), requestsPerDay: 50 },
        plans: [plan],
        windows: [{ unit: 'requests', window: 'day', limit: 50, used: 3, remaining: 47, resetsAt: tomorrow }],
        mail: 'off',
      },
    },
    refusals: {
      ...noUser,
      unknown_plan: { ...refusalExamples.unknown_plan, param: 'allowedPlans' },
    },
  },
  deleteUser: { parameters, answers: { 200: { status: 'deleted', mail: 'off' } }, refusals: noUser },
  turnOffAuthenticator: { parameters, answers: { 200: userInFull }, refusals: noUser },
  listAllApiKeys: { parameters: { limit: '20' }, answers: page(adminKey), refusals: badLimit(100) },
  revokeAnyApiKey: {
    parameters: { id: keyId },
    answers: { 200: { ...adminKey, status: 'revoked' } },
    refusals: {
      not_found: { message: 'There is no such key, or it has ended. GET /v1/admin/api-keys lists them.' },
    },
  },
  getAllUsage: {
    parameters: { limit: '20' },
    answers: page({ userId, email, ...amounts }),
    refusals: { ...noUser, ...badLimit(60) },
  },
  listAllRequests: {
    parameters: { limit: '50' },
    answers: page({ userId, email, ...loggedRequestExample }),
    refusals: {
      not_found: { message: 'This service keeps no list of calls. Totals are at GET /v1/usage.' },
      ...badLimit(100),
    },
  },
  getAudit: {
    parameters: { limit: '100' },
    answers: page({
      id: 'evt_85151dffda0896922ba6',
      at,
      action: 'user.suspended',
      actor: { as: 'admin', id: adminId, email: 'grace@example.com' },
      subject: { userId, email, keyId: null },
      detail: {},
      address: '192.0.2.7',
      requestId,
    }),
    refusals: badLimit(1000),
  },
  getHealth: {
    answers: {
      200: {
        ceilings: [{ unit: 'dollars', window: 'day', limit: 50, used: 1.25, resetsAt: tomorrow }],
        reconciler: { at: `${today}T11:55:00.000Z`, complete: true, failures: 0, parked: 0, actions: {} },
        paused: null,
        alarms: [{ name: 'Daypass-ServerErrors', what: 'API answers 5xx', state: 'ok', since: at }],
      },
    },
  },
};
