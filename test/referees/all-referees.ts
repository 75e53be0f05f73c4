import { botocore } from './botocore.ts';
import { cfnLint } from './cfn-lint.ts';
import { ministack } from './ministack.ts';
import { motoTests } from './moto-tests.ts';
import { redocly } from './redocly.ts';
import type { Referee } from './referee.ts';
import { runtimeClient } from './runtime-client.ts';
import { schemathesis } from './schemathesis.ts';
import { secondDynamoDb } from './second-dynamodb.ts';

/** Quick ones first. */
export const allReferees: readonly Referee[] = [
  redocly,
  cfnLint,
  motoTests,
  botocore,
  secondDynamoDb,
  runtimeClient,
  schemathesis,
  ministack,
];
