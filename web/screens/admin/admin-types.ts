import type { adminRoutes } from '../../../core/contract/admin/admin-routes.ts';
import type { AnswerOf } from '../../api.ts';

export type AdminUser = AnswerOf<typeof adminRoutes.listUsers>['data'][number];
export type AdminUserInFull = AnswerOf<typeof adminRoutes.getUser>;
export type AdminKey = AnswerOf<typeof adminRoutes.listAllApiKeys>['data'][number];
export type AdminUsageRow = AnswerOf<typeof adminRoutes.getAllUsage>['data'][number];
export type AuditEvent = AnswerOf<typeof adminRoutes.getAudit>['data'][number];
export type AdminRequest = AnswerOf<typeof adminRoutes.listAllRequests>['data'][number];
