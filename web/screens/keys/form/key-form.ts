import type { FieldErrors, UseFormReturn } from 'react-hook-form';
import * as z from 'zod';
import { issueWords } from '../../../../core/contract/issue-words.ts';
import { type CreateKeyBody, createKeyBody } from '../../../../core/contract/key-requests.ts';
import { limitsAbove } from '../../../../core/keys/key-limits.ts';
import {
  byField,
  type LimitField,
  limitRows,
  type RequestField,
  requestRows,
} from '../../../../core/metering/windows.ts';
import { ApiError } from '../../../api-error.ts';
import { fieldFaultWords } from '../../../field-fault-words.ts';
import type { Plan } from '../../../keys/plan-places.ts';
import { t } from '../../../language/t.ts';
import { numbersOf, present } from '../../../limits/typed-limits.ts';
import { type ExpiryChoice, expiresInOf, expiryFault } from './key-expiry.ts';

/** As typed. Fields that are in the body too have the same path there. */
export interface KeyForm {
  name: string;
  plan: string;
  expiry: ExpiryChoice;
  expiryDay: string;
  models: string[];
  limits: Record<LimitField, string> & { perClient: Record<RequestField, string> };
  /** Separated by line breaks or commas. */
  allowedHosts: string;
  requiresProviderKey: boolean;
}

/** The fields that a refusal may name. */
export const refusable = [
  'name',
  'plan',
  'models',
  ...limitRows.map(({ field }) => `limits.${field}` as const),
  ...requestRows.map(({ field }) => `limits.perClient.${field}` as const),
  'allowedHosts',
  'requiresProviderKey',
] as const;

/** Whether any fault is in what is folded away. */
export const isOfLimits = ({ limits, allowedHosts, models }: FieldErrors<KeyForm>): boolean =>
  [limits, allowedHosts, models].some((fault) => fault !== undefined);

/** Whether the API refused one of them. */
export const namesLimits = (error: unknown): boolean =>
  error instanceof ApiError && /^(limits|allowedHosts|models|requiresProviderKey)\b/.test(error.param ?? '');

/** What becomes of it is the form's own matter: fields are the same for a new key and for one that is changed. */
export type KeyFieldsState = Pick<
  // biome-ignore lint/suspicious/noExplicitAny: the body that the form makes
  UseFormReturn<KeyForm, unknown, any>,
  'register' | 'control' | 'formState' | 'watch'
>;

export const emptyForm: KeyForm = {
  name: '',
  plan: '',
  expiry: 'never',
  expiryDay: '',
  models: [],
  limits: { ...byField(limitRows, () => ''), perClient: byField(requestRows, () => '') },
  allowedHosts: '',
  requiresProviderKey: false,
};

/** Says little, but lets a first key be made by one press: "My key", "My key 2". */
export function nameForNew(liveKeys: readonly { name: string }[]): string {
  const taken = new Set(liveKeys.map(({ name }) => name));
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? t('My key') : t('My key {number}', { number });
    if (!taken.has(name)) return name;
  }
}

export interface Issue {
  path: PropertyKey[];
  message: string;
}

/**
 * Checks what was typed against the contract's schema, with each fault at its field, and against the plan's limits,
 * which otherwise only the API would check.
 */
export function createKeySchema(plans: readonly Plan[], now: () => number) {
  return z.custom<KeyForm>().transform((form, context): CreateKeyBody => {
    const parsed = createKeyBody.safeParse(bodyOf(form, now()), { error: issueWords });
    const plan = plans.find(({ name }) => name === form.plan);
    const faults = [
      ...expiryIssues(form, now()),
      ...(parsed.error?.issues.map((issue) => atField(issue, form)) ?? []),
      ...(plan === undefined || !parsed.success ? [] : abovePlan(plan, parsed.data.limits)),
    ];
    for (const { path, message } of faults) context.addIssue({ code: 'custom', path, message });
    return parsed.data ?? z.NEVER;
  });
}

/** What is left empty is undefined. */
export function bodyOf(form: KeyForm, now: number): z.input<typeof createKeyBody> {
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
    requiresProviderKey: form.requiresProviderKey ? true : undefined,
  };
}

const hostsOf = ({ allowedHosts }: KeyForm) => allowedHosts.split(/[\s,]+/).filter((host) => host !== '');

export function expiryIssues(form: KeyForm, now: number): Issue[] {
  const message = expiryFault({ choice: form.expiry, day: form.expiryDay }, now);
  return message === undefined ? [] : [{ path: ['expiryDay'], message }];
}

/** A list is one field, so the message names the entry at fault. */
export function atField({ path, message }: z.core.$ZodIssue, form: KeyForm): Issue {
  const [field, index] = path;
  if (field !== 'allowedHosts' || typeof index !== 'number') return { path, message };
  const host = hostsOf(form)[index] ?? '';
  return { path: [field], message: t('“{host}” {fault}', { host, fault: fieldFaultWords(message) }) };
}

export function abovePlan(plan: Plan, limits: CreateKeyBody['limits']): Issue[] {
  return limitsAbove(plan, limits).map(({ path, most }) => ({
    path: ['limits', ...path],
    message: t('must be at most {most, number}, as the plan allows', { most }),
  }));
}
