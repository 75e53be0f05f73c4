import { Stack } from 'aws-cdk-lib';
import type { Catalog } from '../../../core/catalog.ts';
import type { Endpoint } from './endpoint.ts';

export function billingFunctionName(stack: Stack): string {
  return `${stack.stackName}-billing`;
}

/** For functions that delete accounts or finish what was cut off: how they reach the billing function, where there is one. */
export function billingWorkEnvironment(catalog: Catalog, stack: Stack): { BILLING_FUNCTION_NAME?: string } {
  return catalog.billing === undefined ? {} : { BILLING_FUNCTION_NAME: billingFunctionName(stack) };
}

export function allowBillingWork(endpoint: Endpoint, catalog: Catalog): void {
  if (catalog.billing === undefined) return;
  const stack = Stack.of(endpoint);
  const { partition, region, account } = stack;
  const arn = `arn:${partition}:lambda:${region}:${account}:function:${billingFunctionName(stack)}`;
  endpoint.allow(['lambda:InvokeFunction'], [arn]);
}
