import type { ComponentType } from 'react';
import { Navigate, type RouteObject } from 'react-router';
import type { ScreenHandle } from './shell/console-shell.tsx';
import { Root } from './shell/root.tsx';
import { homePath } from './shell/session/return-path.ts';
import { ShellSkeleton } from './shell/shell-skeleton.tsx';
import { loadScreen } from './shell/trouble/load-screen.ts';
import { RouteError } from './shell/trouble/route-error.tsx';

/** Every address of the console. Screens are loaded on demand, and fail on their own. */
export const routes: RouteObject[] = [
  {
    Component: Root,
    ErrorBoundary: RouteError,
    HydrateFallback: ShellSkeleton,
    children: [
      {
        lazy: () => loadScreen(() => import('./shell/account-layout.tsx').then((m) => m.AccountLayout)),
        children: [
          screen('/sign-in', () => import('./screens/log-in/log-in-screen.tsx').then((m) => m.LogInScreen)),
          screen('/sign-up', () =>
            import('./screens/sign-up/sign-up-screen.tsx').then((m) => m.SignUpScreen),
          ),
          screen('/confirm', () =>
            import('./screens/sign-up/confirm-screen.tsx').then((m) => m.ConfirmScreen),
          ),
          screen('/forgot-password', () =>
            import('./screens/password/forgot-password-screen.tsx').then((m) => m.ForgotPasswordScreen),
          ),
          screen('/reset-password', () =>
            import('./screens/password/reset-password-screen.tsx').then((m) => m.ResetPasswordScreen),
          ),
        ],
      },
      {
        lazy: () => loadScreen(() => import('./shell/console-shell.tsx').then((m) => m.ConsoleShell)),
        children: [
          { path: '/', element: <Navigate to={homePath} replace /> },
          screen('/keys', () => import('./screens/keys/list/keys-screen.tsx').then((m) => m.KeysScreen)),
          screen('/keys/new', () =>
            import('./screens/keys/create/create-key-screen.tsx').then((m) => m.CreateKeyScreen),
          ),
          screen('/keys/:id', () => import('./screens/keys/detail/key-screen.tsx').then((m) => m.KeyScreen)),
          screen('/playground', () =>
            import('./screens/playground/playground-screen.tsx').then((m) => m.PlaygroundScreen),
          ),
          screen('/secrets', () =>
            import('./screens/one-time-messages/write-screen.tsx').then((m) => m.WriteScreen),
          ),
          screen('/activity', () =>
            import('./screens/activity/activity-screen.tsx').then((m) => m.ActivityScreen),
          ),
          screen('/usage', () => import('./screens/usage/usage-screen.tsx').then((m) => m.UsageScreen)),
          screen('/billing', () =>
            import('./screens/billing/billing-screen.tsx').then((m) => m.BillingScreen),
          ),
          screen('/settings', () =>
            import('./screens/settings/settings-screen.tsx').then((m) => m.SettingsScreen),
          ),
          publicScreen('/models', () =>
            import('./screens/models/models-screen.tsx').then((m) => m.ModelsScreen),
          ),
          publicScreen('/docs', () => import('./screens/docs/docs-screen.tsx').then((m) => m.DocsScreen)),
          publicScreen('/docs/api', () =>
            import('./screens/reference/reference-screen.tsx').then((m) => m.ReferenceScreen),
          ),
          publicScreen('/pages/:name', () =>
            import('./screens/docs/site-page-screen.tsx').then((m) => m.SitePageScreen),
          ),
          publicScreen('/docs/:page', () =>
            import('./screens/docs/docs-screen.tsx').then((m) => m.DocsScreen),
          ),
          {
            lazy: () => loadScreen(() => import('./screens/admin/admin-area.tsx').then((m) => m.AdminArea)),
            children: [
              { path: '/admin', element: <Navigate to="/admin/users" replace /> },
              screen('/admin/users', () =>
                import('./screens/admin/users/users-screen.tsx').then((m) => m.UsersScreen),
              ),
              screen('/admin/users/:id', () =>
                import('./screens/admin/user/user-screen.tsx').then((m) => m.UserScreen),
              ),
              screen('/admin/keys', () =>
                import('./screens/admin/keys/all-keys-screen.tsx').then((m) => m.AllKeysScreen),
              ),
              screen('/admin/usage', () =>
                import('./screens/admin/usage/usage-by-user-screen.tsx').then((m) => m.UsageByUserScreen),
              ),
              screen('/admin/audit', () =>
                import('./screens/admin/audit/audit-screen.tsx').then((m) => m.AuditScreen),
              ),
              screen('/admin/health', () =>
                import('./screens/admin/health/health-screen.tsx').then((m) => m.HealthScreen),
              ),
            ],
          },
        ],
      },
      {
        lazy: () => loadScreen(() => import('./shell/visitor-layout.tsx').then((m) => m.VisitorLayout)),
        children: [
          screen('/secrets/:id', () =>
            import('./screens/one-time-messages/read-screen.tsx').then((m) => m.ReadScreen),
          ),
          screen('/sealed/:id', () =>
            import('./screens/one-time-messages/read-screen.tsx').then((m) => m.ReadSealedScreen),
          ),
          screen('/secrets/:id/receipt', () =>
            import('./screens/one-time-messages/receipt-screen.tsx').then((m) => m.ReceiptScreen),
          ),
          screen('*', () => import('./screens/not-found/not-found-screen.tsx').then((m) => m.NotFoundScreen)),
        ],
      },
    ],
  },
];

function screen(path: string, load: () => Promise<ComponentType>): RouteObject {
  return { path, ErrorBoundary: RouteError, lazy: () => loadScreen(load) };
}

function publicScreen(path: string, load: () => Promise<ComponentType>): RouteObject {
  return { ...screen(path, load), handle: { isPublic: true } satisfies ScreenHandle };
}
