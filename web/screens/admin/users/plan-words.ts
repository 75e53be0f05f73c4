import type { AdminUser } from '../admin-types.ts';

export function planWords({ allowedPlans }: Pick<AdminUser, 'allowedPlans'>): string {
  if (allowedPlans === null) return 'Self-service plans';
  return allowedPlans.length === 0 ? 'None' : allowedPlans.join(', ');
}
