import type { Operation } from './operation.ts';

export const getAccount: Operation = {
  name: 'GetAccount',
  method: 'GET',
  path: '/account',
  run: () => ({
    status: 200,
    body: {
      throttleSettings: { burstLimit: 5000, rateLimit: 10_000 },
      features: ['UsagePlans'],
      apiKeyVersion: '4',
    },
  }),
};
