import { t } from '../../../language/t.ts';
import type { AdminUser } from '../admin-types.ts';

export function planWords({ allowedPlans }: Pick<AdminUser, 'allowedPlans'>): string {
  if (allowedPlans === null) return t('Self-service plans');
  return allowedPlans.length === 0 ? t('None') : allowedPlans.join(', ');
}
