import type { UseFormReturn } from 'react-hook-form';
import * as z from 'zod';
import { issueWords } from '../../../../core/contract/issue-words.ts';
import { type CreateKeyBody, createKeyBody } from '../../../../core/contract/key-requests.ts';
import type { planRoutes } from '../../../../core/contract/plans.ts';
import { limitsAbove } from '../../../../core/keys/key-limits.ts';
import {
  byField,
  type LimitField,
  limitRows,
  type RequestField,
  requestRows,
} from '../../../../core/metering/windows.ts';
import type { AnswerOf } from '../../../api.ts';
import { countWords } from '../../../parts/figure-words.ts';
import { type ExpiryChoice, expiresInOf, expiryFault } from './key-expiry.ts';

export type Plan = AnswerOf<typeof planRoutes.listPlans>['data'][number];

/** As typed. Fields that are in the body too have the same path there. */
export interface CreateKeyForm {
  name: string;
  plan: string;
  expiry: ExpiryChoice;
  expiryDay: string;
  models: string[];
  limits: Record<LimitField, string> & { perClient: Record<RequestField, string> };
  /** Separated by line breaks or commas. */
  allowedHosts: string;
}

export type CreateKeyFormState = UseFormReturn<CreateKeyForm, unknown, CreateKeyBody>;

export const emptyForm: CreateKeyForm = {
  name: '',
  plan: '',
  expiry: 'never',
  expiryDay: '',
  models: [],
  limits: { ...byField(limitRows, () => ''), perClient: byField(requestRows, () => '') },
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
    const parsed = createKeyBody.safeParse(bodyOf(form, now()), { error: issueWords });
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
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
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

function abovePlan(plan: Plan, { limits }: CreateKeyBody): Issue[] {
  return limitsAbove(plan, limits).map(({ path, most }) => ({
    path: ['limits', ...path],
    message: `must be at most ${countWords(most)}, as the plan allows`,
  }));
}
