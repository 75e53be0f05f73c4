import * as z from 'zod';

/**
 * The environment of each function, parsed once at its start. `lib` is checked against the types, so that no variable can be
 * missing or misspelt on either side.
 */
const text = z.string().min(1);

/** `METRICS_NAMESPACE`: log lines become CloudWatch's metrics in it; with `CALL_METRICS` off, only those that alarms watch. */
const base = {
  SERVICE_NAME: text,
  LOG_LEVEL: text,
  METRICS_NAMESPACE: text,
  CALL_METRICS: z.enum(['on', 'off']),
};
const table = { TABLE_NAME: text };
const userPool = { USER_POOL_CLIENT_ID: text, USER_POOL_ID: text };

export const baseEnvironment = z.object(base);
export const tableEnvironment = z.object({ ...base, ...table });
export const accountsEnvironment = z.object({ ...base, ...userPool });
export const accountsAndTableEnvironment = z.object({ ...base, ...userPool, ...table });
/** `LOGIN_URL`: Cognito's own domain of the pool. */
export const providerLoginEnvironment = accountsAndTableEnvironment.extend({ LOGIN_URL: z.url() });
/** Of functions that delete accounts. */
export const wholeAccountsEnvironment = accountsAndTableEnvironment.extend({
  /** Where billing is set. */
  BILLING_FUNCTION_NAME: text.optional(),
});

/** `ALARM_NAMES`: with commas between. */
export const adminEnvironment = wholeAccountsEnvironment.extend({
  ALARM_NAMES: text,
  /** Told to operators' commands; the function has no right to use it. */
  SEALING_KEY_ID: text,
});

export const billingEnvironment = z.object({
  ...base,
  ...table,
  /** By name or ARN. */
  STRIPE_API_KEY_SECRET: text,
  STRIPE_WEBHOOK_SECRET: text,
});

export const sealingEnvironment = z.object({ ...base, ...table, SEALING_KEY_ID: text });

export type AdminEnvironment = z.infer<typeof adminEnvironment>;
export type BillingEnvironment = z.infer<typeof billingEnvironment>;
export type WholeAccountsEnvironment = z.infer<typeof wholeAccountsEnvironment>;
export type BaseEnvironment = z.infer<typeof baseEnvironment>;
export type TableEnvironment = z.infer<typeof tableEnvironment>;
export type SealingEnvironment = z.infer<typeof sealingEnvironment>;
export type AccountsEnvironment = z.infer<typeof accountsEnvironment>;
export type UserPoolEnvironment = Omit<AccountsEnvironment, keyof BaseEnvironment>;
export type ProviderLoginEnvironment = z.infer<typeof providerLoginEnvironment>;
export type AccountsAndTableEnvironment = z.infer<typeof accountsAndTableEnvironment>;

/** @throws Error that names every missing variable, so that the function fails to start */
export function readEnvironment<T>(schema: z.ZodType<T>): T {
  const result = schema.safeParse(process.env);
  if (result.success) return result.data;
  const missing = result.error.issues.map((issue) => issue.path.join('.')).join(', ');
  throw new Error(`The environment of this function lacks or misspells: ${missing}`);
}
