import { auditRoutes } from './audit.ts';
import { healthRoutes } from './health.ts';
import { adminKeyAndUsageRoutes } from './keys-and-usage.ts';
import { adminUserRoutes } from './users.ts';

/** All are answered by one function, whose timeout is that of the slowest. */
export const adminRoutes = {
  ...adminUserRoutes,
  ...adminKeyAndUsageRoutes,
  ...auditRoutes,
  ...healthRoutes,
};
