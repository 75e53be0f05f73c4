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

/** As typed. Fields that are in the body too have the same path there. */
export interface CreateKeyForm {
  name: string;
  plan: string;
  expiry: ExpiryChoice;
  expiryDay: string;
  models: string[];
  limits: RequestLimitFields & { tokensPerDay: string; perClient: RequestLimitFields };
  /** Separated by line breaks or commas. */
  allowedHosts: string;
}

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
 * Checks what was typed against the contract's schema, with each fault at its field, and against the plan's limits,
 * which otherwise only the API would check.
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

/** NaN for text that isn't a number: the schema refuses it in its own words. */
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

/** A list is one field, so the message names the entry at fault. */
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
