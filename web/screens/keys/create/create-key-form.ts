import type { UseFormReturn } from 'react-hook-form';
import * as z from 'zod';
import { type CreateKeyBody, createKeyBody, type keyRoutes } from '../../../../core/contract/api-keys.ts';
import type { AnswerOf } from '../../../api.ts';
import { type ExpiryChoice, expiresInOf, expiryFault } from './key-expiry.ts';

export type Plan = AnswerOf<typeof keyRoutes.listPlans>['data'][number];

interface RequestLimitFields {
  requestsPerMinute: string;
  requestsPerHour: string;
  requestsPerDay: string;
}

/** As it is typed. Where a field is in the body too, it stands at the same path. */
export interface CreateKeyForm {
  name: string;
  plan: string;
  expiry: ExpiryChoice;
  expiryDay: string;
  models: string[];
  limits: RequestLimitFields & { tokensPerDay: string; perClient: RequestLimitFields };
  /** One a line, or with commas between. */
  allowedHosts: string;
}

/** The form under way. */
export type CreateKeyFormState = UseFormReturn<CreateKeyForm, unknown, CreateKeyBody>;

const noRequestLimits: RequestLimitFields = {
  requestsPerMinute: '',
  requestsPerHour: '',
  requestsPerDay: '',
};

export const emptyForm: CreateKeyForm = {
  name: '',
  plan: '',
  expiry: 'never',
  expiryDay: '',
  models: [],
  limits: { ...noRequestLimits, tokensPerDay: '', perClient: noRequestLimits },
  allowedHosts: '',
};

interface Issue {
  path: PropertyKey[];
  message: string;
}

/**
 * The contract's schema over what is typed, with each fault at the field that it is in, and what only the API could
 * otherwise tell: limits above the plan's.
 */
export function createKeySchema(plans: readonly Plan[], now: () => number) {
  return z.custom<CreateKeyForm>().transform((form, context): CreateKeyBody => {
    const parsed = createKeyBody.safeParse(bodyOf(form, now()));
    const plan = plans.find(({ name }) => name === form.plan);
    const faults = [
      ...expiryIssues(form, now()),
      ...(parsed.error?.issues.map((issue) => atField(issue, form)) ?? []),
      ...(plan === undefined || !parsed.success ? [] : abovePlan(plan, parsed.data)),
    ];
    for (const { path, message } of faults) context.addIssue({ code: 'custom', path, message });
    return parsed.data ?? z.NEVER;
  });
}

function bodyOf(form: CreateKeyForm, now: number): z.input<typeof createKeyBody> {
  const { perClient, ...limits } = form.limits;
  const expiry = { choice: form.expiry, day: form.expiryDay };
  const hosts = hostsOf(form);
  return {
    name: form.name,
    plan: form.plan,
    expiresIn: expiryFault(expiry, now) === undefined ? expiresInOf(expiry) : undefined,
    models: form.models.length === 0 ? undefined : form.models,
    limits: present({ ...numbersOf(limits), perClient: present(numbersOf(perClient)) }),
    allowedHosts: hosts.length === 0 ? undefined : hosts,
  };
}

const hostsOf = ({ allowedHosts }: CreateKeyForm) =>
  allowedHosts.split(/[\s,]+/).filter((host) => host !== '');

function numbersOf<Name extends string>(fields: Record<Name, string>): Record<Name, number | undefined> {
  const numbers = Object.entries<string>(fields).map(([name, text]) => [name, numberOf(text.trim())]);
  return Object.fromEntries(numbers) as Record<Name, number | undefined>;
}

/** NaN where it is no number, which the schema refuses in its own words. */
function numberOf(text: string): number | undefined {
  if (text === '') return undefined;
  return /^\d+$/.test(text) ? Number(text) : Number.NaN;
}

function present<Fields extends object>(fields: Fields): Fields | undefined {
  return Object.values(fields).every((value) => value === undefined) ? undefined : fields;
}

function expiryIssues(form: CreateKeyForm, now: number): Issue[] {
  const message = expiryFault({ choice: form.expiry, day: form.expiryDay }, now);
  return message === undefined ? [] : [{ path: ['expiryDay'], message }];
}

/** A list is one field: which of its entries is at fault stands in the words. */
function atField({ path, message }: z.core.$ZodIssue, form: CreateKeyForm): Issue {
  const [field, index] = path;
  if (field !== 'allowedHosts' || typeof index !== 'number') return { path, message };
  return { path: [field], message: `“${hostsOf(form)[index]}” ${message}` };
}

const requestFields = ['requestsPerDay', 'requestsPerHour', 'requestsPerMinute'] as const;

function abovePlan(plan: Plan, { limits }: CreateKeyBody): Issue[] {
  const asked = [
    ...[...requestFields, 'tokensPerDay' as const].map((field) => ({
      path: ['limits', field],
      value: limits?.[field],
      most: plan[field],
    })),
    ...requestFields.map((field) => ({
      path: ['limits', 'perClient', field],
      value: limits?.perClient?.[field],
      most: plan[field],
    })),
  ];
  return asked.flatMap(({ path, value, most }) =>
    value === undefined || most === null || value <= most
      ? []
      : [{ path, message: `must be at most ${most.toLocaleString('en')}, as the plan allows` }],
  );
}
