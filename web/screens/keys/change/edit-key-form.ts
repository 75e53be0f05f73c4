import * as z from 'zod';
import { issueWords } from '../../../../core/contract/issue-words.ts';
import { type UpdateKeyBody, updateKeyBody } from '../../../../core/contract/key-requests.ts';
import { byField, limitRows, requestRows } from '../../../../core/metering/windows.ts';
import type { Key } from '../../../keys/key.ts';
import type { Plan } from '../../../keys/plan-places.ts';
import { abovePlan, atField, bodyOf, emptyForm, expiryIssues, type KeyForm } from '../form/key-form.ts';

/** What the key has beyond its plan; the API answers both together, so a limit that equals the plan's is the plan's. */
export function formOfKey(key: Key, plan: Plan | undefined): KeyForm {
  const { perClient } = key.limits;
  const asText = (value: number | null | undefined) => (value == null ? '' : String(value));
  return {
    ...emptyForm,
    name: key.name,
    plan: key.plan,
    expiry: key.expiresAt === null ? 'never' : 'keep',
    models: sameNames(key.models, plan?.models) ? [] : [...(key.models ?? [])],
    limits: {
      ...byField(limitRows, ({ field }) =>
        key.limits[field] === plan?.[field] ? '' : asText(key.limits[field]),
      ),
      perClient: byField(requestRows, ({ field }) => asText(perClient?.[field])),
    },
    allowedHosts: key.allowedHosts?.join('\n') ?? '',
    requiresProviderKey: key.requiresProviderKey,
  };
}

/** Checks what was typed as for a new key; the body has what has changed. */
export function editKeySchema(plans: readonly Plan[], before: KeyForm, now: () => number) {
  return z.custom<KeyForm>().transform((form, context): UpdateKeyBody => {
    const parsed = updateKeyBody.safeParse(changesOf(form, before, now()), { error: issueWords });
    // A plan that is no longer offered can only be left.
    const plan = plans.find(({ name }) => name === form.plan);
    const faults = [
      ...expiryIssues(form, now()),
      ...(parsed.error?.issues.map((issue) => atField(issue, form)) ?? []),
      ...(plan === undefined || !parsed.success ? [] : abovePlan(plan, parsed.data.limits ?? undefined)),
    ];
    for (const { path, message } of faults) context.addIssue({ code: 'custom', path, message });
    return parsed.data ?? z.NEVER;
  });
}

function changesOf(form: KeyForm, before: KeyForm, now: number): z.input<typeof updateKeyBody> {
  const body = bodyOf(form, now);
  const isChanged = (field: keyof KeyForm) => JSON.stringify(form[field]) !== JSON.stringify(before[field]);
  return {
    name: body.name,
    plan: body.plan,
    ...(form.expiry !== 'keep' &&
      (isChanged('expiry') || form.expiry !== 'never') && { expiresIn: body.expiresIn ?? null }),
    ...(isChanged('models') && { models: body.models ?? null }),
    ...(isChanged('limits') && { limits: body.limits ?? null }),
    ...(isChanged('allowedHosts') && { allowedHosts: body.allowedHosts ?? null }),
    ...(isChanged('requiresProviderKey') && { requiresProviderKey: form.requiresProviderKey }),
  };
}

function sameNames(one: readonly string[] | null, other: readonly string[] | null | undefined): boolean {
  return JSON.stringify(one?.toSorted() ?? null) === JSON.stringify(other?.toSorted() ?? null);
}
