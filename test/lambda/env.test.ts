import { accountsAndTableEnvironment, readEnvironment, tableEnvironment } from '../../lambda/env.ts';

const complete = {
  SERVICE_NAME: 'login',
  LOG_LEVEL: 'INFO',
  METRICS_NAMESPACE: 'Daypass',
  CALL_METRICS: 'on',
  TABLE_NAME: 'records',
  USER_POOL_ID: 'us-east-1_aaaaaaaaa',
  USER_POOL_CLIENT_ID: 'client',
};
type Name = keyof typeof complete;

beforeEach(() => Object.assign(process.env, complete));
afterEach(() => {
  for (const name of Object.keys(complete)) delete process.env[name];
});

test('a complete environment is returned, without variables that were not asked for', () => {
  expect(readEnvironment(accountsAndTableEnvironment)).toEqual(complete);
  expect(Object.keys(readEnvironment(tableEnvironment)).sort()).toEqual([
    'CALL_METRICS',
    'LOG_LEVEL',
    'METRICS_NAMESPACE',
    'SERVICE_NAME',
    'TABLE_NAME',
  ]);
});

test('every missing or empty variable is named, and no value is shown', () => {
  delete process.env['TABLE_NAME' satisfies Name];
  process.env['USER_POOL_ID' satisfies Name] = '';
  expect(() => readEnvironment(accountsAndTableEnvironment)).toThrow(
    'The environment of this function lacks or misspells: USER_POOL_ID, TABLE_NAME',
  );
});
